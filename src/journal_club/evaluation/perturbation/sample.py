"""Sample: a true sentence of a trial and the passage that it stands in.

Owns which sentences are taken and how wide their passage is: whole sentences before and after, about 1,200 characters in all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal_club.evaluation.perturbation.trials import Trial
from journal_club.paper.model import Excerpt
from journal_club.paper.sentences import sentences

__all__ = ["Sample", "samples"]

WIDTH = 1200
"""Characters of a passage."""
_SHORTEST, _LONGEST = 40, 500
_MARKUP = re.compile(r"[\n|]|::|##|--|</?[a-z]{1,10}\b|\A#|  ")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One true sentence; `number` is its place in its trial, `half` is 0 for a trial of even number and 1 for an odd one."""

    statement: str
    window: str
    trial: str
    number: int
    half: int

    @property
    def surroundings(self) -> str:
        """The passage without the sentence."""
        return self.window.replace(self.statement, " ", 1)


def samples(trial: Trial) -> Iterator[Sample]:
    """The prose sentences of a trial that are long enough to say something, each with its passage."""
    cut = sentences(trial.text)
    for number, one in enumerate(cut):
        if _SHORTEST <= len(one.text) <= _LONGEST and one.text.endswith(".") and not _MARKUP.search(one.text):
            yield Sample(
                statement=one.text, window=_window(trial.text, cut, number), trial=trial.name, number=number, half=trial.number % 2
            )


def _window(text: str, cut: Sequence[Excerpt], middle: int) -> str:
    """Sentences are added in turn, one behind and one before, while they fit."""
    first = last = middle
    grown = True
    while grown:
        grown = False
        for step_first, step_last in ((0, 1), (-1, 0)):
            one, other = first + step_first, last + step_last
            if one >= 0 and other < len(cut) and cut[other].end - cut[one].start <= WIDTH:
                first, last, grown = one, other, True
    return text[cut[first].start : cut[last].end]
