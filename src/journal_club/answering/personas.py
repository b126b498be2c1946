"""Personas: who reads, at what depth, in what words, and what must be addressed.

Each is a file in `prompts/personas/`. A persona changes how an answer is told, never which facts are in it.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from journal_club.answering.front_matter import PromptFileError, TextFile, read_text_file

__all__ = ["CustomPersona", "Persona", "Personas", "UnknownPersonaError"]

PLAIN = r"^[^\W\d_](?:[^\W_]|[ ,()/&'’.-])*$"
DEFAULT_STAGE = "attending"


class UnknownPersonaError(Exception):
    """No persona has this name; the message lists those there are."""


class CustomPersona(BaseModel):
    """A reader described by training stage and specialty; plain characters, so that it cannot carry orders to a model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    training_stage: str = Field(min_length=2, max_length=40, pattern=PLAIN, examples=["second-year resident"])
    specialty: str = Field(min_length=2, max_length=60, pattern=PLAIN, examples=["haematology"])


class Persona(BaseModel):
    """A reader's role.

    Attributes:
        id: the name that a caller gives, such as `medical_student`.
        sections: preference by section slug, 0 to 1, for questions that leave a choice.
        stages: words of a training stage that lead a custom persona to this one.
        instruction: what a model is told of the reader.
        sha256: of the persona's file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9_:-]+$")
    version: int = Field(ge=1)
    order: int
    name: str
    reader: str
    depth: str
    vocabulary: str
    must_address: tuple[str, ...]
    max_sentences: int = Field(ge=1, le=20)
    sections: Mapping[str, float]
    stages: tuple[str, ...]
    instruction: str
    sha256: str


class Personas:
    """The readers of the club, in the order of their files' `order`."""

    def __init__(self, personas: Mapping[str, Persona]) -> None:
        self._personas = dict(personas)

    @classmethod
    def load(cls, folder: Path) -> "Personas":
        """Read every persona file of a folder.

        Raises:
            PromptFileError: a file is malformed, or there is none.
        """
        personas = sorted((_persona(read_text_file(path)) for path in folder.glob("*.md")), key=lambda persona: persona.order)
        if not personas:
            raise PromptFileError(f"{folder}: no persona file (*.md) is there")
        return cls({persona.id: persona for persona in personas})

    def all(self) -> tuple[Persona, ...]:
        """Every persona that has a file."""
        return tuple(self._personas.values())

    def get(self, wanted: str | CustomPersona) -> Persona:
        """The persona of a name, or one built for a training stage and specialty.

        Raises:
            UnknownPersonaError: no persona has this name.
        """
        if isinstance(wanted, CustomPersona):
            return self._custom(wanted)
        if wanted not in self._personas:
            raise UnknownPersonaError(
                f"{wanted!r} is no persona; there are {', '.join(self._personas)}, or give training_stage and specialty"
            )
        return self._personas[wanted]

    def _custom(self, wanted: CustomPersona) -> Persona:
        like = self._nearest(wanted.training_stage)
        reader = f"a reader whose training stage is {wanted.training_stage}, in {wanted.specialty}"
        return like.model_copy(
            update={
                "id": f"custom:{like.id}",
                "name": f"{wanted.training_stage}, {wanted.specialty}",
                "reader": reader,
                "instruction": like.instruction.replace(like.reader, reader),
            }
        )

    def _nearest(self, training_stage: str) -> Persona:
        """The persona whose stage words stand in the given stage, the longest words first; else the attending."""
        said = f" {re.sub(r'[^a-z]+', ' ', training_stage.casefold())} "
        stages = [(stage, persona) for persona in self._personas.values() for stage in persona.stages]
        for stage, persona in sorted(stages, key=lambda pair: -len(pair[0])):
            if f" {stage} " in said:
                return persona
        return self._personas.get(DEFAULT_STAGE) or next(iter(self._personas.values()))


def _persona(file: TextFile) -> Persona:
    try:
        return Persona(**file.head, instruction=file.body.strip(), sha256=file.sha256)
    except (ValidationError, TypeError) as error:
        raise PromptFileError(f"{file.path}: {error}") from error
