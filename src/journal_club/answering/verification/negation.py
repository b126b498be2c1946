"""Negation: a word that one side denies and the other asserts.

Owns the comparison of what stands right behind "not" and "no" in a statement and in the text that carries it. Negated directions are
`opposites`'.
"""

import re
from collections import Counter

from journal_club.answering.verification.opposites import negations, turns
from journal_club.answering.verification.wording import stems
from journal_club.paper.words import content_words

__all__ = ["mismatch"]

_NEAR = 60
_WITHOUT = re.compile(r"\b(?:without|lacking)\b(?! (?:any )?(?:more|further|additional|other|continu\w+|ongoing)\b)", re.IGNORECASE)
_UN = re.compile(
    r"\b(?:un|non-?)(vaccinated|treated|infected|infused|exposed|randomi[sz]ed|blinded|adjusted|masked|diabetic|smok\w+|respon\w+|matched)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"-free\b|\bfree (?:of|from)\b|\b(?:no|not|never|absence of|lack of)\b", re.IGNORECASE)
"""How a source may say "without" in other words."""


def mismatch(claim: str, source: str) -> tuple[str, str] | None:
    """The first word, as each side says it, that only one side negates; None when they agree.

    Args:
        claim: the statement, known names made one.
        source: the sentences that carry it, known names made one.
    """
    ours, theirs = _negated(claim), _negated(source)
    said, given = frozenset(stems(claim)), Counter(stems(source))
    for stem in ours:
        if stem in given and stem not in theirs:
            return f"not … {stem}", stem
    if needless := next((stem for stem in _lacking(claim) if stem in given and not _FREE.search(source) and not _lacking(source)), ""):
        return f"without … {needless}", needless
    if negations(claim):
        return None
    denied = next((stem for stem, times in theirs.items() if stem in said and times >= given[stem]), None)
    return None if denied is None else (denied, f"not … {denied}")


def _lacking(text: str) -> list[str]:
    """The content word right behind each "without"."""
    following = (content_words(text[found.end() : found.end() + _NEAR]) for found in _WITHOUT.finditer(text))
    return [stem for words in following for word in words[:1] if not turns(word.text) for stem in stems(word.text)[:1]]


def _negated(text: str) -> Counter[str]:
    """The content word right behind each negation, unless it is a direction."""
    found: Counter[str] = Counter()
    for place in negations(text):
        following = content_words(text[place : place + _NEAR])
        if following and not turns(following[0].text):
            found.update(stems(following[0].text)[:1])
    found.update(stem for one in _UN.finditer(text) for stem in stems(one[1])[:1])
    return found
