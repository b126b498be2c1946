"""Instance: one changed sentence with the passage that it is held against.

Owns the drawing of instances: sentences in an order that the seed alone decides, at most so many of each kind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from journal_club.evaluation.perturbation.kinds import KINDS, Kind
from journal_club.evaluation.perturbation.sample import Sample, samples
from journal_club.evaluation.perturbation.trials import Trial

__all__ = ["Instance", "draw"]

SEED = 20250607


@dataclass(frozen=True, kw_only=True)
class Instance:
    """A statement of one kind, made from a sample."""

    kind: Kind
    statement: str
    sample: Sample


def draw(trials: Iterable[Trial], *, most: int, seed: int = SEED, kinds: Iterable[Kind] = KINDS) -> Iterator[Instance]:
    """At most `most` instances of every kind; the same trials and seed give the same instances."""
    wanted = dict.fromkeys(kinds, most)
    found = [sample for trial in trials for sample in samples(trial)]
    Random(seed).shuffle(found)  # noqa: S311 - a fixed draw is wanted, not a secret
    for sample in found:
        for kind in [kind for kind, left in wanted.items() if left]:
            statement = _changed(kind, sample, seed)
            if statement is not None:
                wanted[kind] -= 1
                yield Instance(kind=kind, statement=statement, sample=sample)


def _changed(kind: Kind, sample: Sample, seed: int) -> str | None:
    random = Random(f"{seed} {kind.name} {sample.trial} {sample.number}")  # noqa: S311
    statement = kind.change(sample, random)
    return None if statement is None or (kind.harmful and statement in sample.window) else statement
