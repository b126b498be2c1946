"""Front matter: the YAML head of a prompt or persona file, and the text below it."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

__all__ = ["PromptFileError", "TextFile", "read_text_file"]

FENCE = "---\n"


class PromptFileError(Exception):
    """A prompt or persona file is missing, malformed, or declares other inputs than it uses; the message names the file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TextFile:
    """One file, read: `head` is its front matter, `body` the rest, `sha256` that of the whole file's bytes."""

    path: Path
    head: dict[str, Any]
    body: str
    sha256: str


def read_text_file(path: Path) -> TextFile:
    """Read a file with front matter.

    Raises:
        PromptFileError: the file cannot be read, or has no front matter that is a YAML mapping.
    """
    try:
        raw = path.read_bytes()
        _, head, body = raw.decode("utf-8").replace("\r\n", "\n").split(FENCE, 2)
        values = yaml.safe_load(head)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise PromptFileError(f"{path}: expected YAML front matter between two lines of ---, then the text ({error})") from error
    if not isinstance(values, dict):
        raise PromptFileError(f"{path}: the front matter is no mapping of names to values")
    return TextFile(path=path, head=values, body=body, sha256=sha256(raw).hexdigest())
