"""The discrepancy: a claim that another place, or arithmetic, refutes.

Owns the noun and nothing of how one is found (`internal`, `comparison`, `consistency`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from journal_club.statistics.consistency.results import Result, Sentence
from journal_club.statistics.statistic import Statistic

__all__ = ["Discrepancy", "Place", "place_of", "place_of_result"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A stretch of one sentence, `sentence.text[start:end]`; `value` is what stands there in the shortest words."""

    sentence: Sentence
    start: int
    end: int
    value: str

    @property
    def key(self) -> tuple[int, int]:
        """Tells places apart."""
        return self.sentence.number, self.start


@dataclass(frozen=True, kw_only=True, slots=True)
class Discrepancy:
    """A refuted claim.

    Attributes:
        kind: in snake_case, such as `different_value`, `p_and_interval`, `percentage`.
        refuted: the place of the claim; None where two places differ and nothing tells which is right.
        places: every place that takes part, the refuted one among them, in order of the paper.
        supported: the place that arithmetic or the trial's own report supports, when there is one.
        explanation: one plain sentence.
        arithmetic: the sum; empty when there is none.
        certain: whether nothing but an error explains it.
    """

    kind: str
    refuted: Place | None
    places: tuple[Place, ...]
    supported: Place | None = None
    explanation: str
    arithmetic: str = ""
    certain: bool


def place_of(sentence: Sentence, statistic: Statistic) -> Place:
    """The place of one number, with the operator, sign or label that stands right before it and the unit right behind it."""
    return _place(sentence, statistic.start, statistic.end)


def place_of_result(result: Result) -> Place:
    """The place of a whole result, from the first of its numbers to the last."""
    return _place(result.sentence, *result.extent)


_LABEL_REACH = 24
_LABELS = (
    "hazard ratio",
    "odds ratio",
    "risk ratio",
    "relative risk",
    "rate ratio",
    "p-value",
    "median",
    "mean",
    "HR",
    "OR",
    "RR",
    "p",
    "P",
    "n",
)
_GLUE = frozenset(" =:<>≤≥~[](")


def _place(sentence: Sentence, start: int, end: int) -> Place:
    text = sentence.text
    labelled = _with_label(text, start)
    start = start if "]" in text[labelled:start] else labelled
    while end < len(text) and text[end] == "%":
        end += 1
    if text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")":
        end += 1
    return Place(sentence=sentence, start=start, end=end, value=" ".join(text[start:end].split()))


def _with_label(text: str, start: int) -> int:
    """Where the label of the number begins ("p=" of "p=0.0003", "HR " of "HR 0.55"); the number's own start when it has none."""
    before = start
    while before and text[before - 1] in _GLUE and start - before < 4:
        before -= 1
    near = text[max(0, before - _LABEL_REACH) : before]
    label = next((one for one in _LABELS if near.endswith(one) and not near[: -len(one)][-1:].isalpha()), "")
    return before - len(label) if label else start


def in_order(places: Sequence[Place]) -> tuple[Place, ...]:
    """Each place once, in the order of the paper."""
    return tuple(sorted({place.key: place for place in places}.values(), key=lambda place: place.key))
