"""Prompts: versioned files with front matter and Jinja blocks, checked before any model is called.

A prompt's `system` block is the stable prefix (instructions and evidence), its `user` block the short tail (reader and question).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast

from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import SandboxedEnvironment

from journal_club.answering.front_matter import PromptFileError, read_text_file

__all__ = ["Prompt", "Rendered", "load_prompt", "plain"]

BLOCKS = ("system", "user")
WHITE = re.compile(r"\s+")
ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=False, keep_trailing_newline=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A prompt with its values; `sha256` is of both texts."""

    system: str
    user: str

    @property
    def sha256(self) -> str:
        """The sha256 of system and user text, a NUL between them."""
        return sha256(f"{self.system}\0{self.user}".encode()).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """One prompt file.

    Attributes:
        words: the front matter's fixed phrases, such as `not_reported`, that prompt, code and tests share.
        sha256: of the file.
    """

    id: str
    version: int
    inputs: frozenset[str]
    words: Mapping[str, str]
    sha256: str
    template: Template

    def render(self, values: Mapping[str, object]) -> Rendered:
        """Fill the prompt in.

        Args:
            values: exactly the declared inputs.

        Raises:
            PromptFileError: a value is missing or not declared.
        """
        if values.keys() != self.inputs:
            raise PromptFileError(f"prompt {self.id}: takes {sorted(self.inputs)}, was given {sorted(values)}")
        context = self.template.new_context(dict(values))
        try:
            system, user = ("".join(self.template.blocks[block](context)).strip() for block in BLOCKS)
        except TemplateError as error:
            raise PromptFileError(f"prompt {self.id}: {error}") from error
        return Rendered(system=system, user=user)


def load_prompt(path: Path) -> Prompt:
    """Read and check a prompt file.

    Raises:
        PromptFileError: it is malformed, lacks a block, or declares other inputs than it uses.
    """
    file = read_text_file(path)
    try:
        declared = frozenset(cast("list[str]", file.head["inputs"]))
        used = frozenset(meta.find_undeclared_variables(ENVIRONMENT.parse(file.body)))
        template = ENVIRONMENT.from_string(file.body)
        words = {name: value for name, value in file.head.items() if isinstance(value, str) and name != "id"}
        prompt = Prompt(
            id=file.head["id"], version=file.head["version"], inputs=declared, words=words, sha256=file.sha256, template=template
        )
    except (KeyError, TypeError, TemplateError) as error:
        raise PromptFileError(f"{path}: {error!r}") from error
    if declared != used:
        raise PromptFileError(f"{path}: declares {sorted(declared)} and uses {sorted(used)}")
    if any(block not in template.blocks for block in BLOCKS):
        raise PromptFileError(f"{path}: needs the blocks {', '.join(BLOCKS)}")
    return prompt


def plain(text: str) -> str:
    """One line without control, format (bidi, zero-width, tag) and private characters: the prompt's copy of a text."""
    folded = WHITE.sub(" ", text)
    return "".join(char for char in folded if unicodedata.category(char)[0] != "C").strip()
