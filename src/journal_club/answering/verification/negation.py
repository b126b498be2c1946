"""Negation: a word that one side denies and the other asserts.

Owns the comparison of what stands right behind "not" and "no" in a statement and in the text that carries it. Negated directions are
`opposites`'.
"""

import re
from collections import Counter

from journal_club.answering.verification.opposites import negations, turns
from journal_club.answering.verification.wording import carried, is_free, stems
from journal_club.paper.words import content_words

__all__ = ["denied_by", "mismatch"]

_NEAR = 60
_FAR = 160
_MOSTLY = 0.75
_IS_NOT = re.compile(
    r"\b(?:(?:may|might|can|could|is|are|was|were|would|does|do|did) not (?:be |have been |appear to be )?(?:the|a|an|due)\b)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.()]\s|\b(?:but|although|whereas|while|because)\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:without|lacking)\b(?! (?:any )?(?:more|further|additional|other|continu\w+|ongoing)\b)", re.IGNORECASE)
_UN = re.compile(
    r"\b(?:un|non-?)(vaccinated|treated|infected|infused|exposed|randomi[sz]ed|blinded|adjusted|masked|diabetic|smok\w+|respon\w+|matched)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"-free\b|\bfree (?:of|from)\b|\b(?:no|not|never|absence of|lack of)\b", re.IGNORECASE)
"""How a source may say "without" in other words."""


def denied_by(claim: str, source: str) -> tuple[str, str] | None:
    """The statement and the words with which the source denies that a thing is what the statement says it is; None where it does not.

    "X may not be the main factor for Y" denies "X is the main cause of Y": most of the statement's words stand in the denied clause.
    """
    if negations(claim):
        return None
    wanted = frozenset(stem for stem in stems(claim) if not is_free(stem))
    for found in _IS_NOT.finditer(source):
        clause = _CLAUSE_END.split(source[found.end() : found.end() + _FAR])[0]
        subject = _CLAUSE_END.split(source[: found.start()])[-1]
        denied, whole = frozenset(stems(clause)), frozenset(stems(f"{subject} {clause}"))
        held = sum(carried(stem, denied) for stem in wanted)
        if held >= 2 and sum(carried(stem, whole) for stem in wanted) >= _MOSTLY * len(wanted):
            return claim, found.group() + clause
    return None


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
