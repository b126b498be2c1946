"""Statement speed: how long one statement takes against ten passages, parsed before or not.

Owns this measurement: one thread, the median over many statements, each asked once so that nothing that was kept helps.
"""

from collections.abc import Sequence
from statistics import median
from time import perf_counter

from journal_club.answering.verification import verifier_of
from journal_club.evaluation.perturbation.sample import samples
from journal_club.evaluation.perturbation.trials import Trial
from journal_club.evaluation.section import Section, table

__all__ = ["statement_speed"]

PASSAGES = 10
_MOST = 200
_PARSED_MS, _UNPARSED_MS = 3.0, 30.0


def statement_speed(trials: Sequence[Trial]) -> Section:
    """The medians, and the targets that they are held against."""
    parsed, unparsed = _times(trials)
    rows = [
        ("one statement against ten passages parsed before, p50", *_against(parsed, _PARSED_MS)),
        ("the same unparsed, p50", *_against(unparsed, _UNPARSED_MS)),
    ]
    return Section(
        title="Speed", lines=(*table(("what", "target", "measured", "reached"), rows), "", f"{len(parsed)} statements, one thread.")
    )


def _times(trials: Sequence[Trial]) -> tuple[list[float], list[float]]:
    """Milliseconds of verifying alone, and of reading the passages and verifying."""
    parsed: list[float] = []
    unparsed: list[float] = []
    found = [list(samples(trial)) for trial in trials]
    texts = [sample for group in found for sample in group]
    for start in range(0, min(len(texts), _MOST * PASSAGES) - PASSAGES, PASSAGES):
        ten = texts[start : start + PASSAGES]
        begun = perf_counter()
        verifier = verifier_of([sample.window for sample in ten])
        read = perf_counter()
        verifier.verify_text(ten[PASSAGES // 2].statement.replace("the ", "", 1))
        done = perf_counter()
        parsed.append(1000 * (done - read))
        unparsed.append(1000 * (done - begun))
    return parsed, unparsed


def _against(times: Sequence[float], target: float) -> tuple[str, str, str]:
    if not times:
        return f"<= {target:g} ms", "not measured", "-"
    measured = median(times)
    return f"<= {target:g} ms", f"{measured:.1f} ms", "yes" if measured <= target else "**no**"
