"""Manifest: what a run was made with, by content: equal manifests mean that equal answers may be taken over.

Owns the hashes of code, prompts, page, cases, settings and judge. A run that is scored again keeps what its answers were made with, and
says beside it what scored them.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict

__all__ = ["Manifest", "hash_of_files"]

_SCORING = frozenset({"judge", "scored"})


class Manifest(BaseModel):
    """What decides the answers and verdicts of a run, each as a hash or a name.

    Attributes:
        papers: their ids.
        answerer: which model drafts, or `extractive`.
        code: of the sources of answering, evaluation and all that they use, when the answers were given.
        prompts: of prompts and personas.
        corpus: of the pages as they were sent.
        cases: of the files of cases.
        settings: of everything that is set.
        judge: name and version.
        scored: of the sources when the answers were scored last; empty in runs of before it was kept.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    papers: str
    answerer: str
    code: str
    prompts: str
    corpus: str
    cases: str
    settings: str
    judge: str
    scored: str = ""

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits of all of it."""
        return sha256(json.dumps(self.model_dump(), sort_keys=True).encode()).hexdigest()[:12]

    def differences(self, other: "Manifest") -> dict[str, tuple[str, str]]:
        """What differs, by name."""
        ours: Mapping[str, str] = self.model_dump()
        theirs: Mapping[str, str] = other.model_dump()
        return {name: (value, theirs[name]) for name, value in ours.items() if value != theirs[name]}

    def asked_otherwise(self, other: "Manifest") -> dict[str, tuple[str, str]]:
        """What differs of that which decides answers: not who scored them, which is done again anyway."""
        return {name: pair for name, pair in self.differences(other).items() if name not in _SCORING}


def hash_of_files(files: Iterable[Path], root: Path) -> str:
    """One hash of many files' names and contents, whatever their order."""
    digest = sha256()
    for path in sorted(files):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
