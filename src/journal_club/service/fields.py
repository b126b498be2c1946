"""Fields: what several requests and replies share.

Owns the types of a question, a paper's id, a page of a list and a citation, and what is refused in each.
"""

import re
from typing import Annotated, TypeVar

from fastapi import Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from journal_club.paper.model import Origin
from journal_club.service.errors import InvalidRequestError

__all__ = [
    "CONTROL",
    "EXAMPLE_ANSWER",
    "EXAMPLE_PAPER",
    "Cursor",
    "Limit",
    "PaperId",
    "PaperPath",
    "Question",
    "Reply",
    "Request",
    "Source",
    "Text",
    "check_length",
    "page_of",
]

T = TypeVar("T")

EXAMPLE_PAPER = "cartitude-4"
EXAMPLE_ANSWER = "0123456789abcdef0123456789abcdef"

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NO_CONTROL = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


def _plain(text: str) -> str:
    if CONTROL.search(text):
        raise ValueError("Control characters are not allowed, but for tabs and line ends.")
    return text


def _worded(text: str) -> str:
    if not any(character.isalnum() for character in text):
        raise ValueError("It holds no word.")
    return text


Text = Annotated[str, Field(min_length=1), AfterValidator(_worded)]
"""A text of any length that holds a word and is Unicode: a length that is checked makes pydantic refuse lone surrogates."""

Question = Annotated[
    str,
    Field(min_length=1, json_schema_extra={"pattern": NO_CONTROL}, description="A question in plain words."),
    AfterValidator(_plain),
    AfterValidator(_worded),
]
PaperId = Annotated[str, Field(min_length=1, max_length=64, examples=[EXAMPLE_PAPER])]
PaperPath = Annotated[str, Path(description="The paper's id.", openapi_examples={"seed": {"value": EXAMPLE_PAPER}})]
Limit = Annotated[int, Query(ge=1, le=500, description="Most entries of one page.")]
Cursor = Annotated[str, Query(max_length=64, description="`next_cursor` of the page before; left out for the first one.")]


class Request(BaseModel):
    """A request body: keys that it does not have are refused, and no value is bent into another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Reply(BaseModel):
    """A reply body."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Reply):
    """A slice of a source text: `source_text[start_char_index:end_char_index] == cited_text`."""

    number: int = Field(description="Number within this result, from 1.")
    passage_id: str
    section: str
    origin: Origin
    cited_text: str
    start_char_index: int
    end_char_index: int


def check_length(text: str, *, longest: int, pointer: str) -> None:
    """Refuse a text that is longer than a setting allows.

    Raises:
        InvalidRequestError: it is.
    """
    if len(text) > longest:
        raise InvalidRequestError(f"It has {len(text)} characters; {longest} are allowed.", pointer=pointer)


def page_of(entries: list[tuple[str, T]], *, cursor: str, limit: int) -> tuple[list[T], str | None]:
    """One page of a sorted list, and the cursor of the next; None when there is none."""
    rest = [(key, entry) for key, entry in entries if key > cursor]
    page = rest[:limit]
    return [entry for _, entry in page], page[-1][0] if len(rest) > limit else None
