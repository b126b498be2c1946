"""Exit codes, and the code and the sentence that each failure ends with.

0 fine · 1 found something, or refused · 2 usage · 3 set-up · 4 upstream · 130 interrupted

Which failure gets which code goes by the slug of its problem, whether the failure came from a service or from this process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NoReturn

import typer

from journal_club.cli.terminal import complain

__all__ = ["CommandError", "ExitCode", "failures_reported", "leave", "refusal"]


class ExitCode(IntEnum):
    """What the exit code of a command says."""

    FINE = 0
    FOUND = 1
    USAGE = 2
    SET_UP = 3
    UPSTREAM = 4
    INTERRUPTED = 130


class CommandError(Exception):
    """A command ends here; the message is the line on stderr."""

    def __init__(self, message: str, *, code: ExitCode) -> None:
        super().__init__(message)
        self.code = code


_OF_SLUG = {
    "paper-exists": ExitCode.FOUND,
    "unreadable-paper": ExitCode.FOUND,
    "embedding-mismatch": ExitCode.SET_UP,
    "installation": ExitCode.SET_UP,
    "model-set-up": ExitCode.SET_UP,
    "store": ExitCode.SET_UP,
    "store-busy": ExitCode.SET_UP,
    "ingest-conflict": ExitCode.UPSTREAM,
    "queue-full": ExitCode.UPSTREAM,
}
"""Every other slug: usage for a status below 500, upstream from there."""


def leave(code: ExitCode) -> None:
    """End the command with a code.

    Raises:
        typer.Exit: for every code but 0.
    """
    if code is not ExitCode.FINE:
        raise typer.Exit(int(code))


def refusal(detail: str, *, slug: str, status: int) -> CommandError:
    """The error that a problem is to the command."""
    return CommandError(detail, code=_OF_SLUG.get(slug, ExitCode.USAGE if status < 500 else ExitCode.UPSTREAM))


@contextmanager
def failures_reported() -> Iterator[None]:
    """Turn every failure that a user can act on into one line on stderr and its exit code."""
    try:
        yield
    except (typer.Exit, SystemExit, KeyboardInterrupt):
        raise
    except CommandError as failure:
        _end(failure, failure.code)
    except _settings_error() as failure:
        _end(failure, ExitCode.SET_UP)
    except _problems() as failure:
        _end(failure, _code_of(failure))


def _end(failure: Exception, code: ExitCode) -> NoReturn:
    complain(f"journal-club: {failure}")
    raise typer.Exit(int(code)) from failure


# Both are imported when something has failed, and the cheap one is looked at first: the table of problems brings the web framework with it.
def _settings_error() -> type[Exception]:
    from journal_club.settings import SettingsError

    return SettingsError


def _problems() -> tuple[type[Exception], ...]:
    from journal_club.service.kinds import PROBLEMS

    return tuple(PROBLEMS)


def _code_of(failure: Exception) -> ExitCode:
    from journal_club.service.kinds import kind_of

    kind = kind_of(failure)
    return refusal(str(failure), slug=kind.slug, status=kind.status).code
