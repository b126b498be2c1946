"""What is said of papers over HTTP: the shapes of requests and replies, and how a record or a paper becomes one."""

from pydantic import Field

from journal_club.answering.answer import Conflict
from journal_club.library.passages import Passage
from journal_club.library.record import Ingested, PaperRecord
from journal_club.paper.model import DiscussionItem, Excerpt, Origin, Paper, Part, Role, SourceKind
from journal_club.service.fields import EXAMPLE_PAPER, Reply, Request

__all__ = [
    "ConflictsReply", "DiscussionPage", "DiscussionReply", "PaperPart", "PaperRequest", "PaperStored", "PaperSummary", "PaperText",
    "PapersPage", "PassageReply", "PassagesPage", "Slice", "item_of", "passage_of", "stored_of", "summary_of", "text_of",
]  # fmt: skip


class PaperRequest(Request):
    """A paper's text, exactly as it is to be kept."""

    id: str = Field(pattern=r"^[a-z0-9-]{1,64}$", description="The paper's id: 1 to 64 of a-z, 0-9 and '-'.", examples=[EXAMPLE_PAPER])
    text: str = Field(min_length=1, description="The whole text; byte order mark and line ends are kept.")
    replace: bool = Field(default=False, description="Put it in the place of another text under this id.")


class PaperSummary(Reply):
    """What a list of papers shows of one."""

    id: str
    document_hash: str = Field(description="sha256 of the text's UTF-8 bytes.")
    source_kind: SourceKind
    title: str | None
    journal: str | None
    published: str | None = Field(description="ISO date, as exact as the text gives it.")
    authors: str | None
    link: str | None
    passages: int
    version: int
    created_at: str
    embedding_model: str


class PaperStored(PaperSummary):
    """A paper after it was sent; `changed` names the passages that are new or have new context."""

    status: str = Field(description="created, unchanged or replaced.")
    changed: list[str]


class PaperPart(Reply):
    """One tile of the text; all together cover it without gap or overlap."""

    role: Role
    section: str
    field: str
    item: int | None
    origin: Origin | None
    text: str
    start_char_index: int
    end_char_index: int


class PaperText(PaperSummary):
    """A paper with its text exactly as it was sent; for an earlier text, the summary is the current one's but for the hash."""

    source_text: str
    parts: list[PaperPart]


class PapersPage(Reply):
    """One page of the list of papers, by id."""

    papers: list[PaperSummary]
    next_cursor: str | None


class PassageReply(Reply):
    """A passage that questions are answered from."""

    passage_id: str
    section: str
    origin: Origin
    label: str
    text: str
    start_char_index: int
    end_char_index: int


class PassagesPage(Reply):
    """One page of a paper's passages, in document order."""

    paper_id: str
    passages: list[PassageReply]
    next_cursor: str | None


class ConflictsReply(Reply):
    """A paper's conflicts, in its order; of a key response each shows the bare statistic alone."""

    conflicts: list[Conflict]


class Slice(Reply):
    """A slice of the source text."""

    text: str
    start_char_index: int
    end_char_index: int


class DiscussionReply(Reply):
    """A persona's question with the page's own reference answer."""

    number: int
    group: str
    persona: str
    label: str
    question: Slice
    key_response: Slice | None


class DiscussionPage(Reply):
    """One page of a paper's discussion items."""

    paper_id: str
    items: list[DiscussionReply]
    next_cursor: str | None


def summary_of(record: PaperRecord) -> PaperSummary:
    """What a list shows of a paper."""
    return PaperSummary.model_validate(record.model_dump())


def stored_of(ingested: Ingested) -> PaperStored:
    """A paper after it was sent."""
    return PaperStored(**ingested.record.model_dump(), status=ingested.status, changed=list(ingested.changed))


def text_of(record: PaperRecord, paper: Paper) -> PaperText:
    """A paper with its text and parts."""
    summary = record.model_dump() | {"document_hash": paper.document_hash}
    return PaperText(**summary, source_text=paper.source_text, parts=[_part(part) for part in paper.parts])


def _part(part: Part) -> PaperPart:
    return PaperPart(
        role=part.role,
        section=part.section,
        field=part.field,
        item=part.item,
        origin=part.origin,
        text=part.text,
        start_char_index=part.start,
        end_char_index=part.end,
    )


def passage_of(passage: Passage) -> PassageReply:
    """A passage as it is sent."""
    return PassageReply(
        passage_id=passage.id,
        section=passage.section,
        origin=passage.origin,
        label=passage.label,
        text=passage.text,
        start_char_index=passage.start,
        end_char_index=passage.end,
    )


def item_of(item: DiscussionItem) -> DiscussionReply:
    """A discussion item as it is sent."""
    return DiscussionReply(
        number=item.number,
        group=item.group,
        persona=item.persona,
        label=item.label,
        question=_slice(item.question),
        key_response=_slice(item.key_response) if item.key_response else None,
    )


def _slice(excerpt: Excerpt) -> Slice:
    return Slice(text=excerpt.text, start_char_index=excerpt.start, end_char_index=excerpt.end)
