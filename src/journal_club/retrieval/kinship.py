"""Kinship: how near a phrase comes to the words of a text by meaning, where it shares none of them.

Owns the vectors of a text's runs of words, made when they are first asked for and kept with the corpus. "Alive" is akin to "survival", "the
comparison group" to "the control arm". It says how near, not whether that is near enough.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from journal_club.paper.model import Excerpt
from journal_club.paper.words import STOP_WORDS

__all__ = ["Kinship"]

_WORD = re.compile(r"[^\W_][\w%-]*")
_LETTER = re.compile(r"[^\W\d_]{2}")
_LONGEST = 4
"""Words in a run; longer ones are near to everything that their sentence speaks of."""

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


class Kinship:
    """The runs of words of one text, with their vectors. Thread-safe."""

    def __init__(self, embed: Embed) -> None:
        """Embed with this: texts to vectors of length 1, (texts, dimension)."""
        self._embed = embed
        self._lock = Lock()
        self._known: dict[str, NDArray[np.float32]] = {}

    def near(self, phrase: str, excerpts: Sequence[Excerpt]) -> tuple[float, ...]:
        """The cosine of a phrase and the nearest run of words of each excerpt; 0 for an excerpt without any.

        Raises:
            ModelError: the phrase could not be embedded.
        """
        runs = [tuple(_runs(excerpt.text)) for excerpt in excerpts]
        with self._lock:
            self._learn([phrase, *(run for of_excerpt in runs for run in of_excerpt)])
            vector = self._known[phrase]
            return tuple(self._nearest(vector, of_excerpt) for of_excerpt in runs)

    def alike(self, question: str, excerpts: Sequence[Excerpt]) -> tuple[float, ...]:
        """The cosine of a question and each excerpt as a whole.

        Raises:
            ModelError: the question could not be embedded.
        """
        with self._lock:
            self._learn([question, *(excerpt.text for excerpt in excerpts)])
            vector = self._known[question]
            return tuple(float(self._known[excerpt.text] @ vector) for excerpt in excerpts)

    def _learn(self, texts: Sequence[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._embed(new), strict=True))

    def _nearest(self, vector: NDArray[np.float32], runs: Sequence[str]) -> float:
        return float(np.max(np.stack([self._known[run] for run in runs]) @ vector)) if runs else 0.0


def _runs(text: str) -> Iterator[str]:
    """Runs of up to four words that begin and end with a telling one."""
    words = _WORD.findall(text)
    telling = [_LETTER.search(word) is not None and word.casefold() not in STOP_WORDS for word in words]
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            if telling[start] and telling[end - 1]:
                yield " ".join(words[start:end])
