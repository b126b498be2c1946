"""Trials: the texts that sentences are taken from, read from any folder.

Owns the noun `Trial` and the two forms of a folder: `.md` and `.txt` files, one trial each, and `.jsonl` files with a `text` a line.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Trial", "read_trials"]

_NAMES = ("pmcid", "id", "name")
_PLAIN = (".md", ".txt")


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One text; `number` is its place in the folder's order, by which halves are held back."""

    name: str
    number: int
    text: str


def read_trials(folder: Path) -> tuple[Trial, ...]:
    """The trials of a folder (or of one file) in order of name.

    Raises:
        ValueError: when nothing there is a trial's text.
    """
    files = sorted(folder.iterdir()) if folder.is_dir() else [folder]
    found = sorted(pair for file in files for pair in _texts(file))
    if not found:
        message = f"no .md, .txt or .jsonl with a `text` in {folder}"
        raise ValueError(message)
    return tuple(Trial(name=name, number=number, text=text) for number, (name, text) in enumerate(found))


def _texts(file: Path) -> Iterator[tuple[str, str]]:
    if file.suffix in _PLAIN:
        yield file.stem, file.read_text(encoding="utf-8")
    elif file.suffix == ".jsonl":
        for place, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            fields = json.loads(line) if line.strip() else {}
            if isinstance(fields, dict) and isinstance(fields.get("text"), str):
                yield str(next((fields[name] for name in _NAMES if fields.get(name)), f"{file.stem}-{place:06d}")), fields["text"]
