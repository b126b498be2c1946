"""Compare: two runs side by side: everything that changed, with its evidence, and how sure the difference is.

Owns the paired comparison. The interval is a percentile bootstrap of the paired difference, drawn by paper and question (B. Efron, Ann
Stat 1979;7:1-26): answers of several readers to one question go together. The smallest difference that the suite can see at 80 % power
is 1.96 + 0.84 times the standard error of the same draws: points of one question are not independent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import pstdev
from typing import Literal

from journal_club.evaluation.run import Run
from journal_club.evaluation.state import Key, State, states

__all__ = ["Change", "Comparison", "Flip", "compare"]

_DRAWS = 2000
_SEED = 20250607
_Z = 1.959964 + 0.841621
"""Normal quantiles of 95 % confidence and 80 % power."""
_PART = 0.025

Change = Literal["gained", "lost", "changed"]


@dataclass(frozen=True, kw_only=True)
class Flip:
    """One thing of which two runs say different things.

    Attributes:
        change: the second run is better, worse, or neither.
        before: what the first run says, and why.
        after: what the second says.
    """

    key: Key
    change: Change
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What changed from one run to another.

    Attributes:
        differs: what of the manifests differs.
        alone: how much was asked by one of the two alone.
        shares: of demanded points recalled by an answer, first and second; what a refusal quotes answers nothing.
        interval: of the difference, 95 %.
        smallest: the smallest difference that this many questions can show, given how many change.
    """

    differs: dict[str, tuple[str, str]]
    of: int
    alone: int
    shares: tuple[float, float]
    interval: tuple[float, float]
    smallest: float
    flips: tuple[Flip, ...]


def compare(first: Run, second: Run) -> Comparison:
    """Hold two runs against each other, by what both were asked."""
    before, after = states(first), states(second)
    both = [key for key in before if key in after]
    demanded = [key for key in both if before[key].demanded]
    papers = {one.case: one.paper for one in first.results}
    shares = tuple(sum(known[key].holds for key in demanded) / max(1, len(demanded)) for known in (before, after))
    means = _bootstrap({key: after[key].holds - before[key].holds for key in demanded}, papers)
    return Comparison(
        differs=first.manifest.differences(second.manifest),
        of=len(demanded),
        alone=len(before.keys() ^ after.keys()),
        shares=(shares[0], shares[1]),
        interval=(means[int(_PART * _DRAWS)], means[int((1 - _PART) * _DRAWS) - 1]),
        smallest=_smallest({key: after[key].holds - before[key].holds for key in demanded}, papers, means),
        flips=tuple(_flips(both, before, after)),
    )


def _flips(keys: Sequence[Key], before: Mapping[Key, State], after: Mapping[Key, State]) -> Iterator[Flip]:
    for key in keys:
        one, other = before[key], after[key]
        if one.said != other.said:
            change: Change = "changed" if one.rank == other.rank else "gained" if other.rank > one.rank else "lost"
            yield Flip(key=key, change=change, before=one.told, after=other.told)


def _smallest(gains: dict[Key, int], papers: Mapping[str, str], means: Sequence[float]) -> float:
    """From the spread of the draws; where nothing changed, as though one point had."""
    if gains and not any(gains.values()):
        means = _bootstrap(gains | {next(iter(gains)): 1}, papers)
    return _Z * pstdev(means)


def _bootstrap(gains: Mapping[Key, int], papers: Mapping[str, str]) -> list[float]:
    """Mean gains in order, papers drawn again and whole questions within each."""
    by_paper: dict[str, dict[str, list[int]]] = {}
    for key, gain in gains.items():
        by_paper.setdefault(papers[key[0]], {}).setdefault(key[0], []).append(gain)
    clusters = [[(sum(one), len(one)) for one in by_case.values()] for by_case in by_paper.values()]
    if not clusters:
        return [0.0] * _DRAWS
    random = Random(_SEED)  # noqa: S311 - the same interval every time is wanted
    return sorted(_mean(_drawn(clusters, random)) for _ in range(_DRAWS))


def _drawn(clusters: Sequence[Sequence[tuple[int, int]]], random: Random) -> list[tuple[int, int]]:
    papers = random.choices(clusters, k=len(clusters))
    return [question for paper in papers for question in random.choices(paper, k=len(paper))]


def _mean(clusters: Sequence[tuple[int, int]]) -> float:
    return sum(gain for gain, _ in clusters) / sum(of for _, of in clusters)
