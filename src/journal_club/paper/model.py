"""The paper: what was read out of one source text, every piece with its exact place in it.

Owns the nouns `Paper`, `Part`, `Excerpt`, `DiscussionItem` and `RelatedTrial`. It does not read text (`digest`, `outline`) and
knows nothing of passages, ids or stores.

Offsets are Unicode code points of `Paper.source_text`, the text exactly as it was sent; ends are exclusive.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Literal

__all__ = [
    "ANSWERING_ORIGINS",
    "DesignField",
    "DiscussionItem",
    "Excerpt",
    "Origin",
    "Paper",
    "Part",
    "RelatedTrial",
    "Role",
    "SourceKind",
]


class SourceKind(StrEnum):
    """What kind of text the source is; only of a full text may "the paper does not report" be said."""

    DIGEST = "digest"
    ABSTRACT = "abstract"
    FULL_TEXT = "full_text"
    OTHER = "other"


class Origin(StrEnum):
    """Who says it."""

    TRIAL = "trial"
    COMMENTARY = "commentary"
    RELATED_TRIAL = "related_trial"
    QUESTION = "question"
    KEY_RESPONSE = "key_response"


ANSWERING_ORIGINS = (Origin.TRIAL, Origin.COMMENTARY, Origin.RELATED_TRIAL)
"""The origins that evidence may have. Questions and key responses are the answer key and are never among them."""

Role = Literal["metadata", "heading", "content", "furniture", "blank"]
"""What a part of the source is for: `content` alone becomes passages, questions and key responses."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """A slice of the source text: `source_text[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One tile of the source text; all parts together cover it without gap or overlap.

    Attributes:
        role: what the tile is for.
        section: the section's slug, such as `key_findings`, or the page's own heading as the page writes it; empty before any section.
        field: what it is within the section: a study-design field (`population`), a discussion field (`question`,
            `key_response`, `persona`), a trial's field (`year`, `name`, `key_result`), metadata (`title`); else empty.
        item: 0-based number of the finding, limitation, discussion item or related trial; None outside of lists.
        origin: who says it; None for what is not content.
    """

    role: Role
    section: str
    text: str
    start: int
    end: int
    field: str = ""
    item: int | None = None
    origin: Origin | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DesignField:
    r"""One field of the study-design card.

    Attributes:
        name: `design`, `sample`, `duration`, `setting`, `population`, `intervention`, `comparator`, `outcome`, or the
            page's own label in snake_case.
        excerpt: the whole field as it stands, label included ("Sample\n419\nPatients").
        values: the lines or the text behind the label, in order ("419", "Patients").
    """

    name: str
    excerpt: Excerpt
    values: tuple[Excerpt, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DiscussionItem:
    """A persona's question with its key response: the answer key, never evidence.

    Attributes:
        persona: the persona's id, such as `medical_student`; the slug of the page's own label for one that is not ours.
        group: the group's heading, such as `Guided Discussion`.
    """

    number: int
    group: str
    persona: str
    label: str
    question: Excerpt
    key_response: Excerpt | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedTrial:
    """One row of the page's list of related trials; `excerpt` is the whole row. Missing fields are None."""

    excerpt: Excerpt
    name: Excerpt
    year: int | None
    n: int | None
    journal: str | None
    tested: Excerpt | None
    population: Excerpt | None
    comparator: Excerpt | None
    endpoint: Excerpt | None
    key_result: Excerpt | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One document, read.

    `parts` tile `source_text`. The other fields are views of it; what the text does not have is None or empty.
    `published` is an ISO date: `2026-02-01`, or `2026-02` or `2026` where the page gives no more. `authors` is as printed.
    `link` is a DOI or address that stands in the text.
    """

    source_text: str
    source_kind: SourceKind
    parts: tuple[Part, ...]
    title: Excerpt | None = None
    journal: str | None = None
    published: str | None = None
    authors: str | None = None
    link: str | None = None
    bottom_line: Excerpt | None = None
    key_findings: tuple[Excerpt, ...] = ()
    study_design: tuple[DesignField, ...] = ()
    limitations: tuple[Excerpt, ...] = ()
    clinical_significance: Excerpt | None = None
    historical_context: Excerpt | None = None
    discussion: tuple[DiscussionItem, ...] = ()
    related_trials: tuple[RelatedTrial, ...] = ()

    @property
    def document_hash(self) -> str:
        """The sha256 of the source text's UTF-8 bytes, in hexadecimal."""
        return _sha256_of(self.source_text)

    @property
    def answering_hash(self) -> str:
        """The sha256 of what questions are answered from: it is the same whatever the key responses are."""
        return _sha256_of("\0".join(part.text for part in self.parts if part.origin in ANSWERING_ORIGINS))


@lru_cache(maxsize=64)
def _sha256_of(text: str) -> str:
    """Kept: every answer names the text that it rests on, more than once."""
    return sha256(text.encode("utf-8")).hexdigest()
