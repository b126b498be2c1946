"""Statement speed: how long one statement takes against ten passages, parsed before or not.

Owns this measurement: one thread's processor time, the median over many statements, each asked once so that nothing kept helps.
"""

from collections.abc import Iterator, Sequence
from random import Random
from statistics import median
from time import thread_time

from journal_club.answering.verification.verifier import verifier_of, verify_pair
from journal_club.evaluation.perturbation.harmless_wording import stop_word_dropped
from journal_club.evaluation.perturbation.sample import samples
from journal_club.evaluation.perturbation.trials import Trial
from journal_club.evaluation.perturbation.wrong_numbers import large_value_changed
from journal_club.evaluation.section import Section, table

__all__ = ["statement_speed"]

PASSAGES = 10
_MOST = 100
_APART = 6
"""Sentences between two passages, so that they overlap little."""
_PARSED_MS, _UNPARSED_MS = 3.0, 30.0


def statement_speed(trials: Sequence[Trial]) -> Section:
    """The medians, and the targets that they are held against."""
    parsed, unparsed = _times(trials)
    rows = [
        ("one statement against ten passages parsed before, p50", *_against(parsed, _PARSED_MS)),
        ("the same unparsed, p50", *_against(unparsed, _UNPARSED_MS)),
    ]
    return Section(
        title="Speed",
        lines=(
            *table(("what", "target", "measured", "reached"), rows),
            "",
            f"{len(parsed)} statements, one thread, its processor time: what else the machine does counts little.",
        ),
    )


def _times(trials: Sequence[Trial]) -> tuple[list[float], list[float]]:
    """Milliseconds of verifying against passages that were read before, and of reading and verifying."""
    parsed: list[float] = []
    unparsed: list[float] = []
    for statement, passages in _statements(trials):
        begun = thread_time()
        verify_pair(statement, passages)
        unparsed.append(1000 * (thread_time() - begun))
        verifier = verifier_of(passages)
        begun = thread_time()
        verifier.verify_text(statement)
        parsed.append(1000 * (thread_time() - begun))
    return parsed, unparsed


def _statements(trials: Sequence[Trial]) -> Iterator[tuple[str, list[str]]]:
    """Statements, every other one with a wrong number, each with ten passages of which one is its own."""
    random = Random(PASSAGES)  # noqa: S311 - the same statements every time are wanted
    found = [sample for trial in trials for sample in samples(trial)][: _MOST * _APART * PASSAGES]
    for number, start in enumerate(range(0, len(found) - _APART * PASSAGES, _APART * PASSAGES)):
        ten = found[start : start + _APART * PASSAGES : _APART]
        own = ten[PASSAGES // 2]
        change = large_value_changed if number % 2 else stop_word_dropped
        yield change(own, random) or own.statement.rstrip("."), [sample.window for sample in ten]


def _against(times: Sequence[float], target: float) -> tuple[str, str, str]:
    if not times:
        return f"<= {target:g} ms", "not measured", "-"
    measured = median(times)
    return f"<= {target:g} ms", f"{measured:.1f} ms", "yes" if measured <= target else "**no**"
