"""Presented: small answers whose fault is known, for judging the judge.

Owns their making: from a true sentence of a trial, one way of changing it, and the sentence that a right answer would hold. What the kinds
of `perturbation` do to a sentence is theirs; added here is what can go wrong between sentences and sources.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from journal_club.evaluation.perturbation.kinds import KINDS, Kind
from journal_club.evaluation.perturbation.sample import Sample

__all__ = ["JUDGED", "JudgedKind", "Presented", "presented"]

_SHORTEST = 40
_CAVEAT = re.compile(r",? (?:but|although|however|though|despite|albeit)\b.{20,}\.\Z")
_HEDGE = re.compile(r"\b(?:may|might|could)\b")
_NO_CLAIM = re.compile(r"\b(?:whether|if|aim\w*|objectives?|hypothes\w+|determine|investigate|examine|assess)\b", re.IGNORECASE)
"""A sentence with one of these asks, and asserts nothing that a hedge could be taken from."""
_POPULATION = re.compile(
    r"\b(?:in|for|among) (?P<who>(?:[a-z-]+ ){0,3}(?:patients|women|men|children|adults|participants|subjects|infants)"
    r"(?: (?:with|who|aged|undergoing) [a-z0-9 -]{4,60}?)?)(?=[.,;)]| (?:was|were|had|and|compared|treated)\b)"
)


_EVERYBODY = ("all patients", "all people", "patients of all ages")
_PARTS = frozenset({"part of the sentence", "converted"})
"""Controls that leave something of the sentence out: of "11 of 26 (42.3%)" the share may stay alone."""


@dataclass(frozen=True, kw_only=True)
class Presented:
    """An answer in sentences, what each cites, and the sentence that it owes.

    Attributes:
        passage: the paper.
        point: what a right answer holds.
        said: the answer.
        cited: what all its sentences cite.
    """

    passage: str
    point: str
    said: tuple[str, ...]
    cited: str


@dataclass(frozen=True, kw_only=True)
class JudgedKind:
    """One way to go wrong, or not to; `whole` says whether the answer still owes and holds all of the point."""

    name: str
    harmful: bool
    target: float
    make: Callable[[Sample, Sample, Random], Presented | None]
    whole: bool = True

    def is_reached(self, share: float) -> bool:
        """Whether a measured share is as good as the target."""
        return share >= self.target if self.harmful else share <= self.target


def _of_sentence(kind: Kind) -> JudgedKind:
    """A kind that changes one sentence, which is then the answer."""

    def make(sample: Sample, _other: Sample, random: Random) -> Presented | None:
        said = kind.change(sample, random)
        if said is None or (kind.harmful and said in sample.window):
            return None
        return _presented(sample, said)

    return JudgedKind(name=kind.name, harmful=kind.harmful, target=kind.target, make=make, whole=kind.name not in _PARTS)


def _presented(sample: Sample, *said: str, cited: str = "") -> Presented:
    return Presented(passage=sample.window, point=sample.statement, said=said, cited=cited or sample.window)


def _caveat_dropped(sample: Sample, _other: Sample, _random: Random) -> Presented | None:
    """The half of a sentence before its "but" or "although"."""
    caveat = _CAVEAT.search(sample.statement)
    if (
        caveat is None
        or caveat.start() < 40
        or sample.statement[: caveat.start()].count("(") != sample.statement[: caveat.start()].count(")")
    ):
        return None
    return _presented(sample, f"{sample.statement[: caveat.start()]}.")


def _claim_invented(sample: Sample, other: Sample, _random: Random) -> Presented | None:
    """The sentence, and beside it one of another trial."""
    return _presented(sample, sample.statement, other.statement) if other.trial != sample.trial else None


def _citation_wrong(sample: Sample, other: Sample, _random: Random) -> Presented | None:
    """The sentence, citing a passage of another trial."""
    return _presented(sample, sample.statement, cited=other.window) if other.trial != sample.trial else None


def _hedge_removed(sample: Sample, _other: Sample, _random: Random) -> Presented | None:
    """What may be will be."""
    text = sample.statement
    return _presented(sample, _HEDGE.sub("will", text)) if _HEDGE.search(text) and not _NO_CLAIM.search(text) else None


def _population_widened(sample: Sample, _other: Sample, random: Random) -> Presented | None:
    """The people of the trial, or of one of its groups, are all there are."""
    found = [one for one in _POPULATION.finditer(sample.statement) if "all " not in one["who"]]
    if not found:
        return None
    one = random.choice(found)
    return _presented(sample, sample.statement[: one.start("who")] + random.choice(_EVERYBODY) + sample.statement[one.end("who") :])


JUDGED: tuple[JudgedKind, ...] = (
    *map(_of_sentence, KINDS),
    JudgedKind(name="caveat dropped", harmful=True, target=0.95, make=_caveat_dropped),
    JudgedKind(name="claim invented", harmful=True, target=0.95, make=_claim_invented),
    JudgedKind(name="wrong citation", harmful=True, target=0.95, make=_citation_wrong),
    JudgedKind(name="hedge removed", harmful=True, target=0.90, make=_hedge_removed),
    JudgedKind(name="population widened", harmful=True, target=0.90, make=_population_widened),
)


def presented(samples: Sequence[Sample], *, most: int, seed: int, rounds: int = 1) -> Iterator[tuple[JudgedKind, Presented]]:
    """At most `most` answers of every kind; the same samples and seed give the same answers.

    Args:
        samples: sentences to change.
        most: answers of a kind.
        seed: of the draw.
        rounds: how often a sentence is changed in the same way, each time to something else, while a kind has too few.
    """
    drawn = list(samples)
    Random(seed).shuffle(drawn)  # noqa: S311 - a fixed draw is wanted, not a secret
    wanted = dict.fromkeys(JUDGED, most)
    known: set[tuple[str, Presented]] = set()
    for number in range(rounds):
        before = dict(wanted)
        for kind, made in _round(drawn, wanted, seed, number):
            if (kind.name, made) not in known:
                known.add((kind.name, made))
                wanted[kind] -= 1
                yield kind, made
        wanted = {kind: left for kind, left in wanted.items() if left and left < before[kind]}


def _round(drawn: Sequence[Sample], wanted: Mapping[JudgedKind, int], seed: int, number: int) -> Iterator[tuple[JudgedKind, Presented]]:
    """Every sentence once, changed in every way that is still wanted."""
    for place, sample in enumerate(drawn):
        other = drawn[(place + len(drawn) // 2 + number) % len(drawn)]
        for kind in [kind for kind, left in wanted.items() if left]:
            random = Random(f"{seed} {kind.name} {sample.trial} {sample.number}{f' {number}' if number else ''}")  # noqa: S311
            if made := kind.make(sample, other, random):
                yield kind, made
