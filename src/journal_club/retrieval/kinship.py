"""Kinship: how near a phrase comes to the words of a text by meaning, where it shares none of them.

Owns the vectors of a text's runs of words, made when they are first asked for and kept with the corpus. "Alive" is akin to "survival", "the
comparison group" to "the control arm". It says how near, not whether that is near enough.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from journal_club.models.embedding import Embedder
from journal_club.paper.model import Excerpt
from journal_club.paper.words import STOP_WORDS

__all__ = ["Kinship"]

_WORD = re.compile(r"[^\W_][\w%-]*")
_LETTER = re.compile(r"[^\W\d_]{2}")
_LONGEST = 4
"""Words in a run; longer ones are near to everything that their sentence speaks of."""
_MOST_PHRASES = 4096


class Kinship:
    """The runs of words of one text, with their vectors. Thread-safe."""

    def __init__(self, embedder: Embedder) -> None:
        """Embed with this; it should cost little, for a text has hundreds of runs."""
        self._embedder = embedder
        self._lock = Lock()
        self._known: dict[str, NDArray[np.float32]] = {}
        self._asked: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def learn(self, excerpts: Sequence[Excerpt]) -> None:
        """Embed the excerpts and their runs of words now, so that no question waits for it.

        Raises:
            ModelError: they could not be embedded.
        """
        with self._lock:
            self._learn([text for excerpt in excerpts for text in (excerpt.text, *_runs(excerpt.text))])

    def near(self, phrase: str, excerpts: Sequence[Excerpt]) -> tuple[float, ...]:
        """The cosine of a phrase and the nearest run of words of each excerpt; 0 for an excerpt without any.

        Raises:
            ModelError: the phrase could not be embedded.
        """
        runs = [tuple(_runs(excerpt.text)) for excerpt in excerpts]
        with self._lock:
            self._learn([run for of_excerpt in runs for run in of_excerpt])
            vector = self._vector(phrase)
            return tuple(self._nearest(vector, of_excerpt) for of_excerpt in runs)

    def alike(self, question: str, excerpts: Sequence[Excerpt]) -> tuple[float, ...]:
        """The cosine of a question and each excerpt as a whole.

        Raises:
            ModelError: the question could not be embedded.
        """
        with self._lock:
            self._learn([excerpt.text for excerpt in excerpts])
            vector = self._vector(question)
            return tuple(float(self._known[excerpt.text] @ vector) for excerpt in excerpts)

    def _learn(self, texts: Sequence[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._embedder.embed_passages(new), strict=True))

    def _vector(self, asked: str) -> NDArray[np.float32]:
        """The vector of a phrase or question; those asked last are kept."""
        if asked not in self._asked:
            self._asked[asked] = self._embedder.embed_query(asked)
            while len(self._asked) > _MOST_PHRASES:
                self._asked.popitem(last=False)
        return self._asked[asked]

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
