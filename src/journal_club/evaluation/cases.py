"""Cases: the questions of the suite, each with what a right answer holds, written by hand in `eval/cases/`.

Owns the form of a case and its reading. What an answer makes of a case is `scoring`'s.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from journal_club.answering.answer import AbstentionReason
from journal_club.paper.model import Origin, Paper
from journal_club.paper.reading import read_paper
from journal_club.statistics.matching import Verdict as StatisticVerdict

__all__ = ["Case", "CaseFile", "Cases", "CasesError", "Point", "Statement", "case_schema", "own_texts", "read_cases"]

Id: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=600)]
PAGE = "page.txt"


class CasesError(Exception):
    """A file of cases is malformed, or asks for what its paper does not hold; the message names file, case and what to mend."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Point(_Form):
    """One thing that an answer may hold.

    Attributes:
        text: the point as one sentence.
        weight: whether an answer without it is wrong, or only less.
        kind: what is lost when it is.
        evidence: words of the page's own text, key responses left out, that carry it; any of them will do.
        unreachable: it stands in the key response alone: reported apart and demanded of no answer.
        disputed: the page's own arithmetic refutes it: never demanded.
    """

    id: Id
    text: Words
    weight: Literal["vital", "okay"]
    kind: Literal["fact", "number", "direction", "caveat", "judgement", "background"]
    evidence: tuple[Words, ...] = ()
    unreachable: bool = False
    disputed: bool = False

    @property
    def demanded(self) -> bool:
        """Whether an answer owes it."""
        return not (self.unreachable or self.disputed)

    @model_validator(mode="after")
    def _placed(self) -> "Point":
        if self.demanded != bool(self.evidence):
            raise ValueError(f"point {self.id}: give its `evidence`, or say that it is `unreachable` or `disputed`, and not both")
        return self


class Case(_Form):
    """One question, or one page's discussion item, and what its answers owe.

    Attributes:
        item: of a discussion case, the persona label of the page's item, whose question is asked.
        readers: personas that ask, or `all`.
        grade: of an unreported one, how far off: another trial's, a near one's, or this trial's but not reported.
        abstains: the reasons of which a full refusal has one; empty where the question is to be answered.
        looked_for: phrases that a partial refusal must name.
        conflict: the kind of conflict that must be attached.
        never: words that no shown text may hold, case folded.
        held_back: nobody looked at its answers while the code was mended; its file says so.
    """

    id: Id
    kind: Literal["discussion", "fact", "unreported", "conflict", "hostile"]
    question: Words | None = None
    item: str | None = None
    readers: tuple[Id, ...] | Literal["all"]
    grade: Literal["other_trial", "near", "right_trial"] | None = None
    points: tuple[Point, ...] = ()
    abstains: tuple[AbstentionReason, ...] = ()
    looked_for: tuple[Words, ...] = ()
    conflict: str | None = None
    never: tuple[Words, ...] = ()
    held_back: bool = False

    @model_validator(mode="after")
    def _whole(self) -> "Case":
        if (self.question is None) == (self.item is None):
            raise ValueError(f"case {self.id}: give either a `question` or the discussion `item` that holds it")
        if (self.kind == "unreported") != (self.grade is not None):
            raise ValueError(f"case {self.id}: `grade` is for unreported cases, and they all have one")
        if self.kind in ("discussion", "fact", "conflict") and not self.points:
            raise ValueError(f"case {self.id}: it has no `points`")
        return self


class Statement(_Form):
    """A sentence that somebody writes of the paper, and what verification must make of it; `held_back` as of a case."""

    id: Id
    text: Words
    verdict: StatisticVerdict
    held_back: bool = False


class CaseFile(_Form):
    """One file of `eval/cases/`: what is asked of one paper.

    Attributes:
        canary: a string that stands in this file alone; where else it turns up, the cases have leaked.
        held_back: all of it is.
    """

    canary: Annotated[str, Field(pattern=r"^journal-club-canary-[0-9a-f-]{36}$")]
    paper: Id
    held_back: bool = False
    cases: tuple[Case, ...] = ()
    statements: tuple[Statement, ...] = ()


Marked = TypeVar("Marked", Case, Statement)


@dataclass(frozen=True, kw_only=True)
class Cases:
    """All that is asked of one paper, of all files together; `page` is the paper as it was read."""

    paper: str
    page: Paper
    cases: tuple[Case, ...]
    statements: tuple[Statement, ...]
    canaries: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its cases and sentences."""
        return (*(case.id for case in self.cases), *(said.id for said in self.statements))


def case_schema() -> str:
    """The JSON schema of a file of cases, for editors; it stands beside them."""
    return json.dumps(CaseFile.model_json_schema(), indent=1, sort_keys=True) + "\n"


def read_cases(folder: Path, seeds: Path) -> Cases:
    """All cases of one folder, in the order of the files' names.

    Args:
        folder: holds .yaml files on one paper, and its text as `page.txt` where it is none of the seeds.
        seeds: the folder of the seeds, by id.

    Raises:
        CasesError: a file is malformed, a name is used twice, or evidence stands nowhere in the page's own text.
    """
    files = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    if not files or len({file.paper for file in files}) > 1:
        raise CasesError(f"{folder}: files of cases on one paper are expected here")
    whole = Cases(
        paper=files[0].paper,
        page=_page(folder / PAGE, seeds / f"{files[0].paper}.txt"),
        cases=tuple(case for file in files for case in _marked(file.cases, held_back=file.held_back)),
        statements=tuple(one for file in files for one in _marked(file.statements, held_back=file.held_back)),
        canaries=tuple(file.canary for file in files),
    )
    problems = [*_twice(whole), *_nowhere(whole)]
    if problems:
        raise CasesError(f"{folder}: {'; '.join(problems)}")
    return whole


def own_texts(page: Paper) -> list[str]:
    """What the page itself says, part by part: not its questions, and not their key responses."""
    return [part.text for part in page.parts if part.origin not in (Origin.KEY_RESPONSE, Origin.QUESTION)]


def _page(*places: Path) -> Paper:
    for place in places:
        if place.exists():
            return read_paper(place.read_bytes().decode())
    raise CasesError(f"there is no paper at {' or '.join(map(str, places))}")


def _marked(asked: Sequence[Marked], *, held_back: bool) -> Iterator[Marked]:
    yield from (one.model_copy(update={"held_back": True}) if held_back else one for one in asked)


def _read(path: Path) -> CaseFile:
    try:
        return CaseFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise CasesError(f"{path}: {error}") from error


def _twice(whole: Cases) -> Iterator[str]:
    names = Counter([*(case.id for case in whole.cases), *(one.id for one in whole.statements)])
    yield from (f"{name} is used {count} times" for name, count in names.items() if count > 1)


def _nowhere(whole: Cases) -> Iterator[str]:
    """The evidence that the page's own text does not hold, and items that the page does not have."""
    own = own_texts(whole.page)
    known = {item.persona for item in whole.page.discussion}
    for case in whole.cases:
        if case.item is not None and case.item not in known:
            yield f"{case.id}: the page has no item {case.item!r}, only {', '.join(sorted(known))}"
        for point in case.points:
            yield from (f"{case.id}/{point.id}: {words!r} is not in the page" for words in _missing(point.evidence, own))


def _missing(evidence: Iterable[str], own: Iterable[str]) -> list[str]:
    return [words for words in evidence if not any(words in text for text in own)]
