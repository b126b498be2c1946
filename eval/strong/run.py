"""Run: the evaluation suite against a scripted server that acts as a strong model, over real HTTP.

What it drafts are the two sentences of the offered passages that are likest to the question, by the embedder that ships with the
program, each with its mark: fluent, faithful, and in the paper's own words. What a run keeps of it is what retrieval, verification
and abstention make of good drafts.

Run: `python eval/strong/run.py OUT [--paper ID ...]`; `journal-club eval compare` holds OUT against another run.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journal_club.models.minilm import MiniLM
from journal_club.paper.sentences import sentences

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.scripted_endpoint import ScriptedEndpoint

SENTENCES = 2
OFFERED = re.compile(r"^\[(\d+)\] (?:[^:\n]{1,60}: )?(.+)$", re.MULTILINE)
ASKED = re.compile(r"^Question: (.+)$", re.MULTILINE)
FEWEST_WORDS = 4
"""A shorter sentence is a heading or a field's name."""


class StrongModel:
    """Replies to the prompt of one question with the sentences that are likest to it."""

    def __init__(self, embedder: MiniLM) -> None:
        self._embedder = embedder
        self._embedded = lru_cache(maxsize=256)(self._vectors)

    def reply(self, body: dict[str, Any]) -> str:
        """The draft to one chat call; its body is the OpenAI protocol's."""
        system, user = (message["content"] for message in body["messages"])
        offered = tuple((mark, sentence) for mark, text in OFFERED.findall(system) for sentence in quotable(text))
        if not offered:
            return "NOT REPORTED: the question"
        likeness = self._embedded(tuple(sentence for _, sentence in offered)) @ self._embedder.embed_query(ASKED.findall(user)[-1])
        best = np.argsort(-likeness, kind="stable")[:SENTENCES]
        return " ".join(f"{sentence.rstrip('.')} [{mark}]." for mark, sentence in (offered[index] for index in best))

    def _vectors(self, sentences: tuple[str, ...]) -> NDArray[np.float32]:
        return self._embedder.embed_passages(sentences)


def quotable(text: str) -> list[str]:
    return [one.text for one in sentences(text) if len(one.text.split()) >= FEWEST_WORDS]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="folder of the run")
    parser.add_argument("--paper", action="append", default=[], help="ask about this paper alone; may be given several times")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
        model = StrongModel(MiniLM(cache_dir=Path(data), threads=1))
        with ScriptedEndpoint(model.reply, model="strong") as server:
            settings = {"DATA_DIR": data, "CHAT__ENDPOINT": "compatible", "CHAT__BASE_URL": server.base_url, "CHAT__MODEL": "strong"}
            return run(given.out, given.paper, {f"JOURNAL_CLUB_{name}": value for name, value in settings.items()})


def run(out: Path, papers: Sequence[str], settings: dict[str, str]) -> int:
    """Run the suite with these settings; its exit code."""
    chosen = [word for paper in papers for word in ("--paper", paper)]
    command = [str(Path(sys.executable).with_name("journal-club")), "eval", "run", "--out", str(out), *chosen]
    return subprocess.run(command, env={**os.environ, **settings}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
