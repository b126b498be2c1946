"""Lexical search over the passages of one paper: BM25.

Owns the terms that passages and questions are compared by, and the index over them. It knows nothing of vectors, of fusion or of
where passages are stored.

A term is the stem of a word ("relapsed" finds "relapse"). Words that carry punctuation stay whole (`il-6`, `cilta-cel`, `95%`,
`0.55`, `p=0.0009`), and a hyphenated one brings its parts as well, so that "progression free" finds "progression-free". What the
paper itself gives several names is found by each of them: whoever says "OS" says "overall survival" too, and one term more that
stands for the thing itself.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from journal_club.paper.names import Names
from journal_club.paper.words import STOP_WORDS, content_words

if TYPE_CHECKING:
    import bm25s  # type: ignore[import-untyped]

__all__ = ["LexicalIndex", "terms"]

_PART = re.compile(r"[^\W_]+")
_HYPHENS = re.compile(r"[-‐‑‒–—−]")
_K1 = 1.2
_B = 0.75
_THING = "\N{IDENTICAL TO}"
"""Begins the term of a thing with several names; begins no word."""


def terms(text: str) -> tuple[str, ...]:
    """The terms of a text, in its order and with repetitions; stop words are none."""
    found: list[str] = []
    for word in content_words(text):
        found.append(word.stem)
        if _HYPHENS.search(word.text):
            found.extend(_parts(word.text))
    return tuple(found)


def _parts(hyphenated: str) -> list[str]:
    """The stems of the parts of a hyphenated word, without single characters and stop words."""
    pieces = " ".join(piece for piece in _PART.findall(hyphenated) if len(piece) > 1 and piece.casefold() not in STOP_WORDS)
    return [word.stem for word in content_words(pieces)]


class LexicalIndex:
    """BM25 over a paper's passages, immutable once built, so that threads may share it.

    Source: Robertson's BM25 as Lucene computes it (k1 1.2, b 0.75), by `bm25s`, which scores at index time.
    """

    def __init__(self, texts: Sequence[str], names: Names) -> None:
        """Index the texts.

        Args:
            texts: the passages' texts, labels included, in the paper's order.
            names: what the paper itself equates.
        """
        self._size = len(texts)
        self._things = {name: _thing(number, group) for number, group in enumerate(names.groups) for name in group}
        self._index = _indexed([self._terms(text, names.alternatives(text)) for text in texts])
        occurrences = np.diff(self._index.scores["indptr"]) if self._index is not None else np.zeros(0)
        self._idf = np.log1p((self._size - occurrences + 0.5) / (occurrences + 0.5))
        self._unseen_idf = float(np.log1p((self._size + 0.5) / 0.5))

    def scores(self, question: str, *, alternatives: Sequence[str] = ()) -> NDArray[np.float32]:
        """How well each passage carries the question's words, as a share of what they could weigh.

        A BM25 score is divided by its upper bound, the summed inverse document frequencies of the question's terms. So 0 is no
        common term and 1 is all of them, often, in a short passage; terms that stand nowhere in the paper count against all passages. The
        share compares across questions and papers, where a raw BM25 score grows with the length of the question.

        Args:
            question: as the reader wrote it.
            alternatives: the other names of what it names.

        Returns:
            One share for each text, shape (texts,), in 0..1.
        """
        asked = dict.fromkeys(self._terms(question, alternatives))
        known = [self._index.vocab_dict[term] for term in asked if term in self._index.vocab_dict] if self._index is not None else []
        if self._index is None or not known:
            return np.zeros(self._size, dtype=np.float32)
        bound = float(self._idf[known].sum()) + self._unseen_idf * (len(asked) - len(known))
        return np.asarray(self._index.get_scores_from_ids(known) / bound, dtype=np.float32)

    def _terms(self, text: str, alternatives: Sequence[str]) -> tuple[str, ...]:
        """A text's own terms, and those of the things that it names, as far as it does not say them itself."""
        own = terms(text)
        meant = dict.fromkeys(term for name in alternatives for term in self._things.get(name, ()))
        return (*own, *(term for term in meant if term not in own))


def _thing(number: int, names: frozenset[str]) -> tuple[str, ...]:
    """The terms of a thing: its own, and those of its longest name."""
    return (f"{_THING}{number}", *terms(max(sorted(names), key=len)))


def _indexed(documents: Sequence[Sequence[str]]) -> "bm25s.BM25 | None":
    """A BM25 index over terms, or None when there is no term at all, which bm25s cannot index."""
    import bm25s

    vocabulary: dict[str, int] = {}
    numbered = [[vocabulary.setdefault(term, len(vocabulary)) for term in document] for document in documents]
    if not vocabulary:
        return None
    index = bm25s.BM25(k1=_K1, b=_B, method="lucene")
    index.index((numbered, vocabulary), create_empty_token=False, show_progress=False)
    return index
