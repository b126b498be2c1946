"""Fusion: two orders of the same passages, by meaning and by words, made one.

Owns the two ways and the choice between them. It knows neither passages nor questions: a place is a passage's number in its paper.

Both ways weigh words by what they have to say about this very question. Plain reciprocal rank fusion does not, and loses to dense
search where the question shares few words with the text; `eval/bench/pubmedqa.py` measures all of them side by side.

- Scores, where the scale of the embedder's cosines is known: cosine + weight x lexical share. The share (`lexical`) adapts by
  itself: a question whose terms stand nowhere together moves all passages little, one whose terms stand in one passage lifts that one.
  Source: Bruch, Gai and Ingber (2023), "An analysis of fusion functions for hybrid retrieval", the convex combination, with BM25's
  bound in the place of its observed maximum.
- Ranks, for any other embedder: reciprocal rank fusion in which the words' weight is the margin of the best passage's share over the
  tenth's. Source: Cormack, Clarke and Buettcher (2009).
"""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

__all__ = ["Fusion", "best_places", "fuse_ranks", "fuse_scores", "fusion_for"]

SHARE_WEIGHTS: Final[Mapping[str, float]] = {"all-MiniLM-L6-v2": 2.5}
"""What a lexical share of 1 is worth in cosine, by embedder. Chosen on half of PubMedQA's questions; from 1.5 to 3 fusion beats both
searches on each query set of the other half, on corpora of 20 to 500 abstracts, and on abstracts of trials found by their titles."""
RANK_SMOOTHING: Final = 3
"""The k of reciprocal rank fusion. 60 is usual where many systems vote; two need the first ranks to stand out."""
MARGIN_WEIGHT: Final = 2.4
MARGIN_RANK: Final = 10


class Fusion(Protocol):
    """A way to make one score of two.

    Args:
        dense: cosines by place, of the passages that dense search returned.
        lexical: shares by place; a place that is missing has 0.

    Returns:
        A score for each place of either; only the order means anything. The order of the mappings does not matter.
    """

    def __call__(self, dense: Mapping[int, float], lexical: Mapping[int, float], /) -> dict[int, float]: ...  # noqa: D102


def fusion_for(embedder: str) -> Fusion:
    """The way that fits an embedder: by scores when the scale of its cosines is known, else by ranks."""
    weight = SHARE_WEIGHTS.get(embedder)
    if weight is None:
        return fuse_ranks
    return lambda dense, lexical: fuse_scores(dense, lexical, share_weight=weight)


def fuse_scores(dense: Mapping[int, float], lexical: Mapping[int, float], /, *, share_weight: float) -> dict[int, float]:
    """Cosine + weight x share; a place that dense search left out counts as near as the farthest one that it returned."""
    floor = min(dense.values(), default=0.0)
    return {place: dense.get(place, floor) + share_weight * lexical.get(place, 0.0) for place in dense.keys() | lexical.keys()}


def fuse_ranks(dense: Mapping[int, float], lexical: Mapping[int, float], /) -> dict[int, float]:
    """Reciprocal rank fusion; words weigh as much as the best share stands out from the tenth."""
    carrying = {place: share for place, share in lexical.items() if share > 0}
    by_meaning, by_words = _reciprocal_ranks(dense), _reciprocal_ranks(carrying)
    weight = MARGIN_WEIGHT * _margin(carrying)
    return {place: by_meaning.get(place, 0.0) + weight * by_words.get(place, 0.0) for place in dense.keys() | lexical.keys()}


def best_places(scores: Mapping[int, float], count: int) -> list[int]:
    """The places of the highest scores, best first; of equal ones the earlier in the paper."""
    return sorted(scores, key=lambda place: (-scores[place], place))[:count]


def _reciprocal_ranks(scores: Mapping[int, float]) -> dict[int, float]:
    return {place: 1 / (RANK_SMOOTHING + rank) for rank, place in enumerate(best_places(scores, len(scores)), start=1)}


def _margin(shares: Mapping[int, float]) -> float:
    """How far the best share stands out from the tenth, as a part of itself, 0..1; from none when there are not ten."""
    ordered: Iterable[float] = sorted(shares.values(), reverse=True)
    first, *rest = ordered or [0.0]
    if first <= 0:
        return 0.0
    tenth = rest[MARGIN_RANK - 2] if len(rest) > MARGIN_RANK - 2 else 0.0
    return (first - tenth) / first
