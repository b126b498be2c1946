"""Compare: two runs side by side: which points changed, with their evidence, and how sure the difference is.

Owns the paired comparison. The interval is a percentile bootstrap of the paired difference, drawn by paper and question (B. Efron, Ann
Stat 1979;7:1-26): answers of several readers to one question go together. The smallest difference that the suite can see is that of a
paired comparison at 80 % power (R. G. Newcombe, Stat Med 1998;17:2635-50), from the share of points that changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

from journal_club.evaluation.run import Run

__all__ = ["Comparison", "Flip", "compare"]

_DRAWS = 2000
_SEED = 20250607
_Z = 1.959964 + 0.841621
"""Normal quantiles of 95 % confidence and 80 % power."""
_PART = 0.025

Key = tuple[str, str, str]
"""Case, reader, point."""


@dataclass(frozen=True, kw_only=True)
class Flip:
    """A demanded point that one run holds and the other does not.

    Attributes:
        gained: the second run holds it.
        before: the first run's verdict and the rule that decided.
        after: the second's.
    """

    key: Key
    gained: bool
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What changed from one run to another.

    Attributes:
        differs: what of the manifests differs.
        shares: of demanded points recalled, first and second.
        interval: of the difference, 95 %.
        smallest: the smallest difference that this many points can show, given how many change.
    """

    differs: dict[str, tuple[str, str]]
    of: int
    shares: tuple[float, float]
    interval: tuple[float, float]
    smallest: float
    flips: tuple[Flip, ...]


def compare(first: Run, second: Run) -> Comparison:
    """Hold two runs against each other, by the points that both were asked."""
    before, after = _verdicts(first), _verdicts(second)
    keys = [key for key in before if key in after]
    flips = tuple(_flips(keys, before, after))
    papers = {one.case: one.paper for one in first.results}
    gains = dict.fromkeys(keys, 0) | {flip.key: 1 if flip.gained else -1 for flip in flips}
    shares = tuple(sum(known[key][0] == "entailed" for key in keys) / max(1, len(keys)) for known in (before, after))
    return Comparison(
        differs=first.manifest.differences(second.manifest),
        of=len(keys),
        shares=(shares[0], shares[1]),
        interval=_bootstrap(gains, papers),
        smallest=_Z * sqrt(max(len(flips), 1) / max(len(keys), 1)) / sqrt(max(len(keys), 1)),
        flips=flips,
    )


def _verdicts(run: Run) -> dict[Key, tuple[str, str]]:
    return {
        (one.case, one.reader, point.point.id): (point.verdict, point.rule)
        for one in run.results
        for point in one.points
        if point.point.demanded
    }


def _flips(keys: Sequence[Key], before: dict[Key, tuple[str, str]], after: dict[Key, tuple[str, str]]) -> Iterator[Flip]:
    for key in keys:
        held = [known[key][0] == "entailed" for known in (before, after)]
        if held[0] != held[1]:
            yield Flip(key=key, gained=held[1], before=": ".join(before[key]), after=": ".join(after[key]))


def _bootstrap(gains: Mapping[Key, int], papers: Mapping[str, str]) -> tuple[float, float]:
    """The interval of the mean gain, papers drawn again and whole questions within each."""
    by_paper: dict[str, dict[str, list[int]]] = {}
    for key, gain in gains.items():
        by_paper.setdefault(papers[key[0]], {}).setdefault(key[0], []).append(gain)
    clusters = [list(by_case.values()) for by_case in by_paper.values()]
    if not clusters:
        return 0.0, 0.0
    random = Random(_SEED)  # noqa: S311 - the same interval every time is wanted
    means = sorted(_mean(_drawn(clusters, random)) for _ in range(_DRAWS))
    return means[int(_PART * _DRAWS)], means[int((1 - _PART) * _DRAWS) - 1]


def _drawn(clusters: Sequence[Sequence[Sequence[int]]], random: Random) -> list[Sequence[int]]:
    papers = random.choices(clusters, k=len(clusters))
    return [question for paper in papers for question in random.choices(paper, k=len(paper))]


def _mean(clusters: Sequence[Sequence[int]]) -> float:
    return sum(map(sum, clusters)) / sum(map(len, clusters))
