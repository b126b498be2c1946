"""Initials: the words of a text that an abbreviation stands for which the text itself never writes.

Readers shorten what papers spell out: "HFH" for hospitalization for heart failure is nowhere defined, "SSB" is the single-shot block.
Owns the match of letters and words. Two letters are the initials of too much.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from journal_club.paper.words import STOP_WORDS, words

__all__ = ["SHORTENED", "phrases_by_initials"]

SHORTENED = re.compile(r"[A-Z]{3,6}s?")
"""What may be initials."""
_FEWEST, _MOST = 3, 6
_PIECE = re.compile(r"[-–‐‑/]")


def phrases_by_initials(texts: Iterable[str]) -> Mapping[str, frozenset[tuple[str, ...]]]:
    """The runs of three to six words of the texts, stop words left out and hyphenated words in pieces, by their initials in capitals."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for text in texts:
        said = [piece for word in words(text) for piece in _PIECE.split(word.text) if piece and piece.casefold() not in STOP_WORDS]
        for start in range(len(said)):
            for length in range(_FEWEST, min(_MOST, len(said) - start) + 1):
                run = said[start : start + length]
                if all(piece[0].isalpha() for piece in run):
                    found["".join(piece[0] for piece in run).upper()].add(tuple(run))
    return {letters: frozenset(runs) for letters, runs in found.items()}
