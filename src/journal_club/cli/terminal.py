"""The terminal: what goes to stdout and stderr, and how a text is made safe to print.

A paper's or a model's text may hold escape sequences that move the cursor, recolour the screen or reverse the reading
order. People are shown such characters by name; programs get them as JSON escapes.
"""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

__all__ = ["busy", "complain", "log_failures_alone", "neutral", "print_json", "print_source", "say", "screen"]

# C0 without tab and line feed, DEL and C1; then marks that reverse, hide or join what stands beside them.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_LINE_END = re.compile("\r\n?")


def neutral(text: str) -> str:
    r"""The text with every control character written out, such as `<1B>`; line ends become `\n`."""
    return _CONTROL.sub(lambda found: f"<{ord(found[0]):02X}>", _LINE_END.sub("\n", text))


def screen() -> Console:
    """The console of stdout: no markup, no highlighting, lines cut by a terminal's width only."""
    return Console(markup=False, highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def say(text: str, style: str = "") -> None:
    """Print a line for people."""
    screen().print(Text(neutral(text), style=style))


def complain(text: str) -> None:
    """Print a line to stderr."""
    Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True).print(Text(neutral(text)))


def print_json(document: object) -> None:
    """Print one JSON document for programs; its strings hold control characters as escapes only."""
    written = json.dumps(document, ensure_ascii=False, indent=2)
    sys.stdout.write(_CONTROL.sub(lambda found: _escape(found[0]), written) + "\n")


def print_source(text: str) -> None:
    """Print a source text: to a file or a pipe exactly as it was sent, to a terminal neutralised."""
    if sys.stdout.isatty():
        say(text)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


@contextmanager
def busy(doing: str) -> Iterator[Callable[[], None]]:
    """Show on stderr that something is going on, where stderr is a terminal; yields what ends the show early."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _nothing
        return
    with console.status(neutral(doing)) as status:
        yield status.stop


def log_failures_alone() -> None:
    """Keep the log of the application off the terminal, but for what it did not foresee."""
    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR), logger_factory=structlog.PrintLoggerFactory(file=sys.stderr)
    )


def _nothing() -> None:
    return


def _escape(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
