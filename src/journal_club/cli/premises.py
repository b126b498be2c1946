"""The premises: `serve`, `doctor`, `config` and `personas`: how the house is set up, and whether it stands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from journal_club.cli.configuration import setting_rows
from journal_club.cli.desk import open_desk
from journal_club.cli.exits import CommandError, ExitCode
from journal_club.cli.terminal import busy, print_json, say
from journal_club.settings import Settings

if TYPE_CHECKING:
    from journal_club.answering.personas import Personas

__all__ = ["Finding", "config", "doctor", "personas", "serve"]


class Finding(BaseModel):
    """One thing that `doctor` looked at; `detail` names what mends it when it is not ok."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    ok: bool
    detail: str


async def config(settings: Settings, *, as_json: bool) -> ExitCode:
    """Print every setting, redacted, with its source and what it does."""
    rows = list(setting_rows(settings))
    if as_json:
        print_json({"settings": [row.model_dump(mode="json") for row in rows]})
        return ExitCode.FINE
    for row in rows:
        say(
            f"{row.variable} = {'unset' if row.value is None else row.value} ({row.source})",
            style="" if row.source == "default" else "bold",
        )
        say(f"    {row.description}", style="dim")
    return ExitCode.FINE


async def personas(settings: Settings, *, as_json: bool) -> ExitCode:
    """Print who can be answered."""
    readers = _personas(settings).all()
    if as_json:
        fields = {"id", "name", "reader", "depth", "vocabulary", "must_address", "max_sentences"}
        print_json({"personas": [reader.model_dump(mode="json", include=fields) for reader in readers]})
        return ExitCode.FINE
    for reader in readers:
        say(reader.id, style="bold")
        say(f"    {reader.reader}; at most {reader.max_sentences} sentences")
    say("\nAny other reader: --stage and --specialty, such as --stage 'second-year resident' --specialty haematology")
    return ExitCode.FINE


async def doctor(settings: Settings, *, as_json: bool) -> ExitCode:
    """Look at everything that must be right, and say what mends what is not."""
    with busy("Looking ..."):
        findings = [*_folders(settings), *await _club(settings)]
    healthy = all(finding.ok for finding in findings)
    if as_json:
        print_json({"ok": healthy, "checks": [finding.model_dump(mode="json") for finding in findings]})
    for finding in () if as_json else findings:
        say(f"{'ok   ' if finding.ok else 'FAULT'} {finding.name}: {finding.detail}", style="" if finding.ok else "bold red")
    return ExitCode.FINE if healthy else ExitCode.SET_UP


def serve(settings: Settings, *, host: str | None, port: int | None) -> ExitCode:
    """Serve until a signal ends it.

    Args:
        settings: of the service.
        host: in place of the setting.
        port: in place of the setting.

    Raises:
        CommandError: the address cannot be served.
        LibraryError: the store cannot be opened.
        ModelError: a model is not fully set up.
    """
    from journal_club.service.server import BindError
    from journal_club.service.server import serve as serve_now

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    try:
        serve_now(settings.model_copy(update={"service": settings.service.model_copy(update=given)}))
    except BindError as error:
        raise CommandError(str(error), code=ExitCode.SET_UP) from error
    return ExitCode.FINE


def _folders(settings: Settings) -> Iterator[Finding]:
    from journal_club.answering.front_matter import PromptFileError
    from journal_club.resources import ResourceError, prompts_dir, seeds_dir

    yield Finding(name="settings", ok=True, detail=f"data in {settings.data_dir}; `journal-club config` lists them")
    try:
        yield Finding(name="prompts", ok=True, detail=f"{len(_personas(settings).all())} personas in {prompts_dir(settings)}")
        yield Finding(name="seeds", ok=True, detail=str(seeds_dir(settings)))
    except (ResourceError, PromptFileError) as error:
        yield Finding(name="installation", ok=False, detail=str(error))


async def _club(settings: Settings) -> list[Finding]:
    from journal_club.library.errors import LibraryError
    from journal_club.models.errors import ModelError
    from journal_club.service.health import ReadyReply

    try:
        async with open_desk(settings) as desk:
            ready = await desk.get("/readyz", ReadyReply, also=(503,))
            by = f"the service at {desk.address}" if desk.address else "no service runs; `make serve` or `journal-club serve` starts one"
    except (LibraryError, ModelError, CommandError) as error:
        return [Finding(name="club", ok=False, detail=str(error))]
    destination = ready.questions_go_to
    checks = [Finding(name=check.name, ok=check.ok, detail=check.detail) for check in ready.checks]
    return [Finding(name="service", ok=True, detail=by), *checks, Finding(name="questions go to", ok=True, detail=destination.where)]


def _personas(settings: Settings) -> "Personas":
    from journal_club.answering.personas import Personas
    from journal_club.resources import prompts_dir

    return Personas.load(prompts_dir(settings) / "personas")
