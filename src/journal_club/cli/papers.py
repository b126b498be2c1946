"""The papers: `ingest`, `papers list|show|rm|export|import` and `rebuild`."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from journal_club.cli.desk import Desk, open_desk, service_address
from journal_club.cli.exits import CommandError, ExitCode
from journal_club.cli.sources import id_of, read_source
from journal_club.cli.terminal import busy, complain, print_json, print_source, say
from journal_club.settings import Settings

if TYPE_CHECKING:
    from journal_club.library.record import Exported
    from journal_club.service.paper_replies import PaperStored, PaperSummary, PaperText

__all__ = ["export", "import_", "ingest", "list_papers", "rebuild", "remove", "show"]

_PAGE = 500


async def ingest(settings: Settings, file: str, *, paper_id: str | None, replace: bool, as_json: bool) -> ExitCode:
    """Add a paper, or another text in its place."""
    text = read_source(file)
    chosen = paper_id or id_of(file)
    with busy(f"Ingesting {chosen} ..."):
        async with open_desk(settings) as desk:
            stored = await _put(desk, chosen, text, replace=replace)
    _print_stored(stored, as_json=as_json)
    return ExitCode.FINE


async def list_papers(settings: Settings, *, as_json: bool) -> ExitCode:
    """Print every paper, by id."""
    with busy("Opening the library ..."):
        async with open_desk(settings) as desk:
            papers = await _papers(desk)
    if as_json:
        print_json({"papers": [paper.model_dump(mode="json") for paper in papers]})
    for paper in () if as_json else papers:
        say(paper.id, style="bold")
        say(f"    {_described(paper)}")
    return ExitCode.FINE


async def show(settings: Settings, paper_id: str, *, document_hash: str | None, text_only: bool, as_json: bool) -> ExitCode:
    """Print a paper: what is known of it, or its exact text."""
    async with open_desk(settings) as desk:
        paper = await _paper(desk, paper_id, document_hash)
    if as_json:
        print_json(paper.model_dump(mode="json"))
    elif text_only:
        print_source(paper.source_text)
    else:
        _print_paper(paper)
    return ExitCode.FINE


async def remove(settings: Settings, paper_id: str) -> ExitCode:
    """Delete a paper with all its texts."""
    async with open_desk(settings) as desk:
        await desk.delete(f"/v1/papers/{_segment(paper_id)}")
    complain(f"{paper_id} is deleted")
    return ExitCode.FINE


async def export(settings: Settings, paper_id: str) -> ExitCode:
    """Print a paper with its texts, for `import`."""
    from journal_club.library.record import Exported

    async with open_desk(settings) as desk:
        if desk.library is not None:
            exported = desk.library.export(paper_id)
        else:
            paper = await _paper(desk, paper_id, None)
            complain("earlier texts are exported only while no service runs")
            exported = Exported(id=paper.id, document_hash=paper.document_hash, created_at=paper.created_at, texts=(paper.source_text,))
    print_json(exported.model_dump(mode="json"))
    return ExitCode.FINE


async def import_(settings: Settings, file: str, *, replace: bool, as_json: bool) -> ExitCode:
    """Add a paper that `export` printed."""
    from journal_club.library.record import Exported

    try:
        exported = Exported.model_validate_json(read_source(file))
    except ValidationError as error:
        raise CommandError(f"{file} is no export of a paper: `journal-club papers export` makes one", code=ExitCode.USAGE) from error
    with busy(f"Importing {exported.id} ..."):
        async with open_desk(settings) as desk:
            stored = await _import(desk, exported, replace=replace)
    _print_stored(stored, as_json=as_json)
    return ExitCode.FINE


async def rebuild(settings: Settings, *, as_json: bool) -> ExitCode:
    """Embed every paper again from its stored text, with the model that the settings name."""
    from journal_club.library.opening import open_library
    from journal_club.models.embedding import open_embedder

    address = await service_address(settings)
    if address is not None:
        raise CommandError(f"rebuild needs the store itself: stop the service at {address} first", code=ExitCode.SET_UP)
    embedder = open_embedder(settings.embedding, settings.data_dir / "models")
    library = open_library(settings, embedder, rebuilding=True)
    try:
        with busy("Embedding every paper again ..."):
            records = library.rebuild()
    finally:
        library.close()
    if as_json:
        print_json({"papers": [record.model_dump(mode="json") for record in records]})
    for record in () if as_json else records:
        say(f"{record.id}: {record.passages} passages, {record.embedding_model}")
    return ExitCode.FINE


async def _put(desk: Desk, paper_id: str, text: str, *, replace: bool) -> "PaperStored":
    from journal_club.service.paper_replies import PaperStored

    return await desk.post("/v1/papers", PaperStored, {"id": paper_id, "text": text, "replace": replace})


async def _import(desk: Desk, exported: "Exported", *, replace: bool) -> "PaperStored":
    from journal_club.service.paper_replies import PaperStored

    if desk.library is not None:
        ingested = desk.library.import_(exported, replace=replace)
        return PaperStored(**ingested.record.model_dump(), status=ingested.status, changed=list(ingested.changed))
    if len(exported.texts) > 1:
        complain("earlier texts are imported only while no service runs")
    return await _put(desk, exported.id, exported.texts[-1], replace=replace)


async def _papers(desk: Desk) -> "list[PaperSummary]":
    from journal_club.service.paper_replies import PapersPage

    page = await desk.get("/v1/papers", PapersPage, limit=_PAGE)
    papers = list(page.papers)
    while page.next_cursor:
        page = await desk.get("/v1/papers", PapersPage, limit=_PAGE, cursor=page.next_cursor)
        papers += page.papers
    return papers


async def _paper(desk: Desk, paper_id: str, document_hash: str | None) -> "PaperText":
    from journal_club.service.paper_replies import PaperText

    path = f"/v1/papers/{_segment(paper_id)}"
    return await desk.get(path, PaperText, hash=document_hash) if document_hash else await desk.get(path, PaperText)


def _segment(paper_id: str) -> str:
    """An id as a part of a path."""
    from urllib.parse import quote

    return quote(paper_id, safe="") or "-"


def _print_stored(stored: "PaperStored", *, as_json: bool) -> None:
    if as_json:
        print_json(stored.model_dump(mode="json"))
        return
    changed = f", {len(stored.changed)} of {stored.passages} passages new" if stored.changed else f", {stored.passages} passages"
    say(f"{stored.id}: {stored.status}{changed}")


def _print_paper(paper: "PaperText") -> None:
    say(paper.id, style="bold")
    say(f"    {_described(paper)}")
    for name, value in (("authors", paper.authors), ("link", paper.link), ("hash", paper.document_hash), ("since", paper.created_at)):
        if value:
            say(f"    {name}: {value}")
    sections = dict.fromkeys(part.section for part in paper.parts if part.role == "content" and part.section)
    say(f"    sections: {', '.join(section.replace('_', ' ') for section in sections)}")


def _described(paper: "PaperSummary") -> str:
    title = " ".join(paper.title.split()) if paper.title else "no title"
    where = ", ".join(filter(None, (paper.journal, paper.published)))
    kind = paper.source_kind.value.replace("_", " ")
    return f"{title}{f' ({where})' if where else ''}: {kind}, {paper.passages} passages, version {paper.version}"
