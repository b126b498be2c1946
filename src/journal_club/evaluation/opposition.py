"""Opposition: whether a learner's sentence truly speaks against a text, and not only in other words.

Verification withholds what it doubts, and so it may call a sentence contradicted that only shares a word of direction with its source. A
learner is told of a contradiction where a number differs, a design differs, a close sentence is turned round, or the denied and the
affirmed side are exchanged.
"""

import re
from collections.abc import Callable
from functools import cache

from journal_club.answering.answer import Check
from journal_club.answering.verification.negation import mismatch
from journal_club.answering.verification.opposites import flipped, turns
from journal_club.answering.verification.verifier import Verification
from journal_club.answering.verification.wording import stems
from journal_club.statistics.arms import Arms
from journal_club.statistics.endpoints import endpoints

__all__ = ["acronyms", "agrees", "denies", "exchanges_arms", "exchanges_sides", "exchanges_words", "is_opposed", "plainly"]

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
_ACRONYM = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z0-9])[A-Z]\w{1,11}\b")
_ANTONYMS = """
present absent
early late
renal hepatic
kidney liver
oral intravenous
acute chronic
single multiple
high low
highly poorly
arterial venous
minor major
sensitive resistant
malignant benign
seldom often
seldom always
rarely always
rarely often
internal external
""".strip()
_STRONG = ("quality", "significance")
"""Axes on which two words of direction mean one thing, whatever they stand beside."""


def plainly(text: str) -> str:
    """A text whose "not just" and "no more" deny nothing, and whose decimal commas are points."""
    return _COMMA.sub("0.", _NO_MORE.sub("without further", _NOT_ONLY.sub("not only", text)))


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


def exchanges_sides(point: str, text: str, read: Stems) -> bool:
    """Whether a text denies what the point affirms and affirms what it denies."""
    affirmed, denied = _sides(text, read)
    point_affirmed, point_denied = _sides(point, read)
    return bool((denied - affirmed) & (point_affirmed - point_denied)) and bool((affirmed - denied) & (point_denied - point_affirmed))


def denies(point: str, text: str, read: Stems) -> bool:
    """Whether more than half of what both say is denied by one and affirmed by the other."""
    affirmed, denied = _sides(text, read)
    point_affirmed, point_denied = _sides(point, read)
    both = (affirmed | denied) & (point_affirmed | point_denied)
    turned = ((denied - affirmed) & (point_affirmed - point_denied)) | ((affirmed - denied) & (point_denied - point_affirmed))
    return 2 * len(turned) > len(both)


def exchanges_words(point: str, text: str, known: frozenset[str]) -> bool:
    """Whether a text has another word where the point has its own: its opposite, or a name that nobody there knows.

    Args:
        point: the point.
        text: what is held against it.
        known: names that the key response, its question or the paper has.
    """
    ours, theirs = frozenset(stems(text)), frozenset(stems(point))
    if any((here in theirs - ours and there in ours - theirs) for pair in _pairs() for here, there in (pair, pair[::-1])):
        return True
    named = acronyms(text)
    return bool(acronyms(point) - named) and not named <= known


def acronyms(text: str) -> frozenset[str]:
    """The acronyms, genes and markers that a text names, in small letters."""
    return frozenset(found.casefold().removesuffix("s") for found in _ACRONYM.findall(text))


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((stems(here)[0], stems(there)[0]) for here, there in (line.split() for line in _ANTONYMS.splitlines()))


def exchanges_arms(point: str, text: str, read: Stems, arms: Arms) -> bool:
    """Whether a text says of one arm what the point says of the other, for more words than not."""
    ours, theirs = _by_arm(text, read, arms), _by_arm(point, read, arms)
    both = ours.keys() & theirs.keys()
    exchanged = sum(not ours[word] & theirs[word] for word in both)
    return exchanged > len(both) - exchanged


def _by_arm(text: str, read: Stems, arms: Arms) -> dict[str, frozenset[str]]:
    """The words of the clauses that name an arm, each with the arms it is said of."""
    found: dict[str, frozenset[str]] = {}
    for clause in _CLAUSE.split(text):
        named = frozenset(arm.name for arm in arms.mentions(clause))
        bare = clause
        for arm in sorted(arms.mentions(clause), key=lambda arm: -arm.start):
            bare = bare[: arm.start] + bare[arm.end :]
        found |= {word: found.get(word, frozenset()) | named for word in read(bare) if named}
    return found


def _sides(text: str, read: Stems) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the clauses that affirm, and of those that deny."""
    affirmed: set[str] = set()
    denied: set[str] = set()
    for clause in _CLAUSE.split(text):
        (denied if _ABSENCE.search(clause) else affirmed).update(read(clause))
    return frozenset(affirmed), frozenset(denied)
