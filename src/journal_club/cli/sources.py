"""Texts that a command is given: files and stdin, read exactly; and the id that a file's name makes."""

import re
import sys
import unicodedata
from pathlib import Path

from journal_club.cli.exits import CommandError, ExitCode

__all__ = ["STDIN", "id_of", "read_source"]

STDIN = "-"
_LONGEST_ID = 64
_NOT_OF_AN_ID = re.compile(r"[^a-z0-9]+")


def read_source(file: str) -> str:
    """The text of a file, or of stdin for `-`, byte order mark and line ends kept.

    Raises:
        CommandError: it cannot be read, or is not UTF-8.
    """
    name = "stdin" if file == STDIN else file
    try:
        content = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}", code=ExitCode.USAGE) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8: byte {error.start} cannot be read; save it as UTF-8", code=ExitCode.USAGE) from error


def id_of(file: str) -> str:
    """The paper id that a file's name makes: `Smith 2024.txt` makes `smith-2024`.

    Raises:
        CommandError: it makes none.
    """
    plain = unicodedata.normalize("NFKD", Path(file).stem).encode("ascii", "ignore").decode().lower()
    made = _NOT_OF_AN_ID.sub("-", plain)[:_LONGEST_ID].strip("-")
    if file == STDIN or not made:
        raise CommandError("give the paper's id with --id", code=ExitCode.USAGE)
    return made
