"""The recipe: what each reader is shown of any paper, and may ask of it, as `prompts/tailored.v1.md` has it."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from journal_club.answering.front_matter import PromptFileError, read_text_file

__all__ = ["Recipe", "Template", "Wish", "load_recipe"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Wish(_Record):
    """What a model is asked for a reader's takeaways, and the kinds of topics that they are filled up from, in order."""

    question: str
    about: tuple[str, ...]


class Template(_Record):
    """A question with slots, and the kind of topic that a paper must hold for it."""

    about: str
    ask: str


class Recipe(_Record):
    """What each persona is shown and may ask, as its file has it.

    Attributes:
        asked: how each kind of topic is asked for.
        takeaways: by persona, the question that a model answers, and the kinds of topics in order.
        questions: by persona, questions with slots in order of preference.
        sha256: of the file.
    """

    asked: Mapping[str, str]
    takeaways: Mapping[str, Wish]
    questions: Mapping[str, tuple[Template, ...]]
    sha256: str

    @model_validator(mode="after")
    def _whole(self) -> "Recipe":
        missing = {kind for wish in self.takeaways.values() for kind in wish.about} - self.asked.keys()
        if missing or not self.takeaways or not self.questions:
            raise ValueError(f"`asked` must say how to ask for {sorted(missing)}, and there must be `takeaways` and `questions`")
        return self


def load_recipe(path: Path) -> Recipe:
    """Read the file of what each persona is shown and may ask.

    Raises:
        PromptFileError: it is malformed.
    """
    file = read_text_file(path)
    try:
        return Recipe(**{name: file.head.get(name) for name in ("asked", "takeaways", "questions")}, sha256=file.sha256)
    except ValidationError as error:
        raise PromptFileError(f"{path}: {error}") from error
