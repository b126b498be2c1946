"""Opposition: whether a learner's sentence truly speaks against a text, and not only in other words.

Verification withholds what it doubts, and so it may call a sentence contradicted that only shares a word of direction with its source. A
learner is told of a contradiction where a number differs, a design differs, a close sentence is turned round, or the denied and the
affirmed side are exchanged.
"""

import re
from collections.abc import Callable

from journal_club.answering.answer import Check
from journal_club.answering.verification.negation import mismatch
from journal_club.answering.verification.opposites import flipped, turns
from journal_club.answering.verification.verifier import Verification
from journal_club.statistics.arms import Arms
from journal_club.statistics.endpoints import endpoints

__all__ = ["agrees", "denies", "exchanges_arms", "exchanges_sides", "is_opposed", "plainly"]

Stems = Callable[[str], frozenset[str]]

_NOT_ONLY = re.compile(r"\bnot (?:just|merely|simply|solely)\b", re.IGNORECASE)
_NO_MORE = re.compile(r"\bno (?:more|further|additional)\b(?! than)", re.IGNORECASE)
_COMMA = re.compile(r"(?<![\d.,])0,(?=\d)")
_WISHED = re.compile(r"\?|\b(?:should|would|could|ask|request|ought)\b", re.IGNORECASE)
_WORD_SUPPORT = "word support"
_OTHER_VALUE = "equal to printed precision"
_LOOSE = frozenset({"same measure", "same unit"})
"""Rules that contradict only what names the endpoint that a number is of."""
_NO_RULE = frozenset({"interval of its own estimate"})
_SET = re.compile(r"treat|protocol", re.IGNORECASE)
"""Populations that are analysed: a trial may have both."""
_CLAUSE = re.compile(r"[,;.]|\b(?:and|but|while|whereas|though|although)\b", re.IGNORECASE)
_ABSENCE = re.compile(
    r"\b(?:absent|absence|lack\w*|missing|without|not(?! only\b)|no|never|none|"
    r"hardly|scarcely|rarely|seldom|spar(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)
_STRONG = ("quality", "significance")
"""Axes on which two words of direction mean one thing, whatever they stand beside."""


def plainly(text: str) -> str:
    """A text whose "not just" and "no more" deny nothing, and whose decimal commas are points."""
    return _COMMA.sub("0.", _NO_MORE.sub("without", _NOT_ONLY.sub("not only", text)))


def is_opposed(found: Verification) -> bool:
    """Whether a sentence that verification calls contradicted truly is."""
    if found.verdict != "contradicted":
        return False
    failed = [check for check in found.checks if not check.passed]
    far = any(check.rule.startswith(_WORD_SUPPORT) for check in failed)
    named = bool(endpoints(found.bare))
    wished = _WISHED.search(found.bare) is not None
    return any(_opposes(check, far=far, named=named, wished=wished) for check in failed)


def _opposes(check: Check, *, far: bool, named: bool, wished: bool) -> bool:
    """Whether one failed check is a contradiction.

    Args:
        check: the check.
        far: whether the sentence has many words that the source has not.
        named: whether it names an endpoint.
        wished: whether it says what should be, not what is.
    """
    if check.kind == "design":
        return not wished and not _SET.search(check.claimed)
    if check.kind == "statistic":
        loose = check.rule in _LOOSE or (check.rule == _OTHER_VALUE and far)
        return bool(check.found) and check.rule not in _NO_RULE and (named or not loose)
    if check.kind == "direction":
        return bool(check.found) and not far and not wished and (named or "quantity" not in check.rule)
    return False


def agrees(point: str, text: str) -> bool:
    """Whether no negation and no direction of a text turns a point round."""
    if mismatch(text, point) or mismatch(point, text):
        return False
    ours, theirs = ([turn for turn in turns(one) if turn.axis in _STRONG] for one in (text, point))
    return flipped(ours, theirs, swapped=False) is None and flipped(theirs, ours, swapped=False) is None


def exchanges_sides(point: str, text: str, stems: Stems) -> bool:
    """Whether a text denies what the point affirms and affirms what it denies."""
    affirmed, denied = _sides(text, stems)
    point_affirmed, point_denied = _sides(point, stems)
    return bool((denied - affirmed) & (point_affirmed - point_denied)) and bool((affirmed - denied) & (point_denied - point_affirmed))


def denies(point: str, text: str, stems: Stems) -> bool:
    """Whether more than half of what both say is denied by one and affirmed by the other."""
    affirmed, denied = _sides(text, stems)
    point_affirmed, point_denied = _sides(point, stems)
    both = (affirmed | denied) & (point_affirmed | point_denied)
    turned = ((denied - affirmed) & (point_affirmed - point_denied)) | ((affirmed - denied) & (point_denied - point_affirmed))
    return 2 * len(turned) > len(both)


def exchanges_arms(point: str, text: str, stems: Stems, arms: Arms) -> bool:
    """Whether a text says of one arm what the point says of the other, for more words than not."""
    ours, theirs = _by_arm(text, stems, arms), _by_arm(point, stems, arms)
    both = ours.keys() & theirs.keys()
    exchanged = sum(not ours[word] & theirs[word] for word in both)
    return exchanged > len(both) - exchanged


def _by_arm(text: str, stems: Stems, arms: Arms) -> dict[str, frozenset[str]]:
    """The words of the clauses that name an arm, each with the arms it is said of."""
    found: dict[str, frozenset[str]] = {}
    for clause in _CLAUSE.split(text):
        named = frozenset(arm.name for arm in arms.mentions(clause))
        bare = clause
        for arm in sorted(arms.mentions(clause), key=lambda arm: -arm.start):
            bare = bare[: arm.start] + bare[arm.end :]
        found |= {word: found.get(word, frozenset()) | named for word in stems(bare) if named}
    return found


def _sides(text: str, stems: Stems) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the clauses that affirm, and of those that deny."""
    affirmed: set[str] = set()
    denied: set[str] = set()
    for clause in _CLAUSE.split(text):
        (denied if _ABSENCE.search(clause) else affirmed).update(stems(clause))
    return frozenset(affirmed), frozenset(denied)
