"""The commands: which there are and what each is given. What they do stands in the modules beside this one.

Every command imports what it needs when it runs, so that help costs nothing.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated

import typer

from journal_club.cli.exits import ExitCode, failures_reported, leave
from journal_club.cli.suite import suite

if TYPE_CHECKING:
    from journal_club.settings import Settings

__all__ = ["app"]

EPILOG = "Exit codes: 0 fine, 1 found something or refused, 2 usage, 3 set-up, 4 upstream, 130 interrupted."

app = typer.Typer(
    help="Ask one clinical paper: every sentence of an answer opens the sentence of the paper that it rests on.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
papers = typer.Typer(help="List, show, remove, export and import papers.", no_args_is_help=True)
app.add_typer(papers, name="papers")
app.add_typer(suite, name="eval")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for programs.")]
Paper = Annotated[str | None, typer.Option("--paper", metavar="ID", help="The paper; may be left out when there is one.")]
PaperId = Annotated[str, typer.Argument(metavar="ID", help="The paper's id.")]
Replace = Annotated[bool, typer.Option("--replace", help="Take the place of another text under this id.")]
TopK = Annotated[int | None, typer.Option("--top-k", min=1, max=50, help="Passages to retrieve; else the setting.")]


def _version(*, wanted: bool) -> None:
    if wanted:
        from journal_club import __version__

        typer.echo(f"journal-club {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=lambda wanted: _version(wanted=wanted), is_eager=True, help="Print the version and exit.")
]


@app.callback()
def _root(version: Version = False) -> None:
    """Options that stand before a command."""


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, or - to read it from stdin.")],
    persona: Annotated[str, typer.Option(help="Who reads; `journal-club personas` lists them.")] = "resident",
    paper: Paper = None,
    stage: Annotated[str | None, typer.Option(help="A reader's training stage; with --specialty, in place of --persona.")] = None,
    specialty: Annotated[str | None, typer.Option(help="A reader's specialty.")] = None,
    background: Annotated[bool, typer.Option("--background", help="Allow marked general knowledge, where the setting does.")] = False,
    top_k: TopK = None,
    withheld: Annotated[bool, typer.Option("--withheld", help="Show the sentences that failed verification, and why.")] = False,
    as_json: Json = False,
) -> None:
    """Ask a paper a question. Exit code 1: it was refused as a whole."""
    from journal_club.cli import questions

    with failures_reported():
        reader = questions.reader_of(persona, stage=stage, specialty=specialty)
        text = questions.question_of(question)
    asked = questions.Asked(question=text, persona=reader, paper_id=paper, top_k=top_k, background=background)
    _run(lambda settings: questions.ask(settings, asked, show_withheld=withheld, as_json=as_json))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")], paper: Paper = None, top_k: TopK = None, as_json: Json = False
) -> None:
    """Show the passages of a paper nearest to a query."""
    from journal_club.cli import questions

    _run(lambda settings: questions.search(settings, query, paper_id=paper, top_k=top_k, as_json=as_json))


@app.command()
def verify(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The text to hold against the paper, or - for stdin.")],
    paper: Paper = None,
    as_json: Json = False,
) -> None:
    """Hold a text against a paper, sentence by sentence. Exit code 1: the paper does not say something of it."""
    from journal_club.cli import questions

    _run(lambda settings: questions.verify(settings, file, paper_id=paper, as_json=as_json))


@app.command()
def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A digest page, or any paper as text or markdown; - for stdin.")],
    as_json: Json = False,
) -> None:
    """Find where a paper contradicts itself or its arithmetic; nothing is stored. Exit code 1: it does."""
    from journal_club.cli import checking

    with failures_reported():
        leave(checking.check(file, as_json=as_json))


@app.command()
def ingest(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A digest page, or any paper as text or markdown; - for stdin.")],
    paper_id: Annotated[
        str | None, typer.Option("--id", help="The paper's id, of a-z, 0-9 and '-'; else made from the file's name.")
    ] = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Add a paper. Exit code 1: another text stands under the id, or the page is malformed."""
    from journal_club.cli import papers as shelf

    _run(lambda settings: shelf.ingest(settings, file, paper_id=paper_id, replace=replace, as_json=as_json))


@papers.command("list")
def papers_list(as_json: Json = False) -> None:
    """List the papers."""
    from journal_club.cli import papers as shelf

    _run(lambda settings: shelf.list_papers(settings, as_json=as_json))


@papers.command("show")
def papers_show(
    paper_id: PaperId,
    text: Annotated[bool, typer.Option("--text", help="Print the source text alone, exactly as it was sent.")] = False,
    document_hash: Annotated[str | None, typer.Option("--hash", help="An earlier text, by its hash.")] = None,
    as_json: Json = False,
) -> None:
    """Show a paper."""
    from journal_club.cli import papers as shelf

    _run(lambda settings: shelf.show(settings, paper_id, document_hash=document_hash, text_only=text, as_json=as_json))


@papers.command("rm")
def papers_rm(paper_id: PaperId) -> None:
    """Delete a paper with all its texts."""
    from journal_club.cli import papers as shelf

    _run(lambda settings: shelf.remove(settings, paper_id))


@papers.command("export")
def papers_export(paper_id: PaperId) -> None:
    """Print a paper with its texts, for `papers import`."""
    from journal_club.cli import papers as shelf

    _run(lambda settings: shelf.export(settings, paper_id))


@papers.command("import")
def papers_import(
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `papers export` printed, or - for stdin.")],
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Add a paper that was exported."""
    from journal_club.cli import papers as shelf

    _run(lambda settings: shelf.import_(settings, file, replace=replace, as_json=as_json))


@app.command()
def rebuild(as_json: Json = False) -> None:
    """Embed every paper again from its stored text, after the embedding model was changed."""
    from journal_club.cli import papers as shelf

    _run(lambda settings: shelf.rebuild(settings, as_json=as_json))


@app.command()
def personas(as_json: Json = False) -> None:
    """List the readers that an answer can be told to."""
    from journal_club.cli import premises

    _run(lambda settings: premises.personas(settings, as_json=as_json))


@app.command()
def config(as_json: Json = False) -> None:
    """Print every setting with its value, its source and what it does; secrets are not shown."""
    from journal_club.cli import premises

    _run(lambda settings: premises.config(settings, as_json=as_json))


@app.command()
def doctor(as_json: Json = False) -> None:
    """Say what is wrong with the set-up, and what mends it. Exit code 3: something is."""
    from journal_club.cli import premises

    _run(lambda settings: premises.doctor(settings, as_json=as_json))


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to bind; 0 takes a free one; else the setting.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to bind, on loopback; else the setting.")] = None,
) -> None:
    """Start the HTTP service and its page."""
    from journal_club.cli import premises

    with failures_reported():
        leave(premises.serve(_load(), host=host, port=port))


def _load() -> "Settings":
    from journal_club.settings import load_settings

    return load_settings()


def _run(command: "Callable[[Settings], Awaitable[ExitCode]]") -> None:
    import anyio

    with failures_reported():
        leave(anyio.run(command, _load()))
