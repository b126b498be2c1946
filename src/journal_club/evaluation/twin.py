"""Twin: the answer to the same question on the page with its key responses, which must be equal to that on the blanked page.

Owns which questions have a twin, and the comparison. A pair of which one answer failed is not compared: its case is unscored, for nobody
knows whether it leaks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from journal_club.evaluation.asking import Asked, Key, StoredAnswer
from journal_club.evaluation.leaks import LeakError

__all__ = ["held_equal", "twins", "unequal"]

_COMPARED = 6
"""Cases whose answers on the whole page are held against those on the blanked one, where a model drafts and each answer costs."""
_NAMES = ("mode", "statements", "citations", "retrieved", "withheld", "abstention")


def twins(wanted: Sequence[Asked], answerer: str) -> list[Asked]:
    """What is asked of the whole page too, after the blanked one."""
    blank = [one for one in wanted if not one.full]
    most = len(blank) if answerer.startswith("extractive") else _COMPARED
    return [replace(one, full=True) for one in blank[:most]]


def held_equal(wanted: Sequence[Asked], known: Mapping[Key, StoredAnswer], again: Iterable[Asked]) -> tuple[StoredAnswer, ...]:
    """The answers to what is wanted, each held against its twin; what is not there, or has no twin that it owes, is an error.

    Raises:
        LeakError: an answer changes when the page's key responses are there.
    """
    owed = {(one.case.id, one.reader) for one in again}
    return tuple(_held(one, known, owes=not one.full and (one.case.id, one.reader) in owed) for one in wanted)


def _held(asked: Asked, known: Mapping[Key, StoredAnswer], *, owes: bool) -> StoredAnswer:
    ours = known.get(asked.key) or asked.failed("it was never asked")
    if not owes or ours.answer is None:
        return ours
    theirs = known.get((asked.case.id, asked.reader, True)) or asked.failed("it was never asked")
    if theirs.answer is None:
        return asked.failed(f"its answer could not be held against that of the page with its key responses: {theirs.error}")
    if what := unequal(ours, theirs):
        raise LeakError(f"{asked.case.id} ({asked.reader}): {what} changes when the page's key responses are there: they leak")
    return ours


def unequal(ours: StoredAnswer, full: StoredAnswer) -> str:
    """What of an answer changes when the page's key responses are there; empty when nothing does but its conflicts.

    Where a model drafts, it must have been asked the same, to the letter: what it says then is its own affair.
    """
    if ours.answer is None or full.answer is None:
        return ""
    one, other = ours.answer, full.answer
    if "rendered_sha256" in one.trace:
        return "" if one.trace["rendered_sha256"] == other.trace.get("rendered_sha256") else "the prompt"
    return next((name for name in _NAMES if getattr(one, name) != getattr(other, name)), "")
