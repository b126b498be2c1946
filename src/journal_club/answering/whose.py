"""Whose: the trial whose numbers a sentence of a paper gives, its own or another's.

Owns the reading of trials' names. A paper's own are those of its title and its study-design card, or where these name no trial, those
that its methods and results call one; what else it calls a trial, "the DAPA-HF trial", is another one wherever it is named.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from journal_club.paper.model import Origin, Paper, Part

__all__ = ["Trials"]

_NAME = r"(?=[\w-]{4})(?![IVX]{2,4}[a-d]?\b)[A-Z](?=[a-z]*[A-Z])[A-Za-z]+(?:-[A-Za-z]+){0,2}(?:[- ]?\d{1,3})?"
"""Two capitals in its first piece: "DAPA-HF", "EMPEROR-Reduced", "CheckMate 067"."""
_NAMED = re.compile(rf"(?<![\w-]){_NAME}(?![\w-])")
_NUMBERED = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]{2,}[A-Za-z]*-\d{1,3}\b|\b[A-Z][a-z]*[A-Z]\w{2,}-\d{1,3}\b")
_CALLED = re.compile(rf"(?<![\w-])({_NAME}) (?:study|studies|trials?)\b")
"""A name that is said to be a study's: "the phase 2 HAZEL-HF study"."""
_THE_CALLED = re.compile(rf"\b[Tt]he (?:[\w-]+ ){{0,3}}?({_NAME}) (?:study|trial)\b")
_IN_IT = re.compile(rf"(?<![\w-])In ({_NAME}),")
"""How a trial is named without a word for it: "In DAPA-HF, the hazard ratio was"."""
_SPOKEN_OF = re.compile(
    rf"\b[Ii]n ({_NAME})(?![\w-])|\A({_NAME}) (?:showed|found|reported|demonstrated|gave)\b|\b(?:study|trial) \(({_NAME})\)"
)
"""How another trial may be spoken of: "death in PARADIGM-HF was", "DAPA-HF showed", "an earlier trial (DAPA-HF)"."""
_ENTITLED = re.compile(rf"\(({_NAME})\)|\A({_NAME}):|({_NAME}) (?:[\w-]+ ){{0,3}}(?:study|trial)\b")
"""How a title gives a trial's name: "(CARTITUDE-4)", "DELIVER: a trial", "the DELIVER randomized trial"."""
_OF_OTHERS = re.compile(r"background|introduction|discussion|conclusion|interpretation|summary", re.IGNORECASE)
"""Sections that tell of other trials too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trials:
    """The trials that a paper names.

    Attributes:
        own: names of its own trial, in small letters.
        prose: names with a number that its report uses, which are a trial's only where it is called one: "SF-36".
        reported: whatever its title, card, methods and results name in capitals, as `_known` has it.
        others: names of other trials.
        related: as the page lists them beside the paper; each is one of its `related_trials`.
    """

    own: frozenset[str]
    prose: frozenset[str]
    reported: frozenset[str]
    others: tuple[str, ...]
    related: tuple[str, ...]

    @classmethod
    def of(cls, paper: Paper) -> "Trials":
        """The trials that a paper names."""
        report = " ".join(part.text for part in paper.parts if part.origin is Origin.TRIAL)
        own = _own(paper)
        called = dict.fromkeys(name for part in paper.parts if part.role == "content" for name in _THE_CALLED.findall(part.text))
        return cls(
            own=own,
            prose=frozenset(_NUMBERED.findall(report)),
            reported=own | _known(name for part in paper.parts if _reports(part) for name in _NAMED.findall(part.text)),
            others=tuple(name for name in called if _key(name) not in own),
            related=tuple(trial.name.text for trial in paper.related_trials),
        )

    def of_sentence(self, part: Part, text: str) -> str:
        """Whose numbers a sentence gives: another trial's name, or nothing for the paper's own."""
        if part.origin is Origin.RELATED_TRIAL and part.item is not None and part.item < len(self.related):
            return self.related[part.item]
        first = next(self._named(text), "")
        if first or part.origin is not Origin.TRIAL or _reports(part):
            return first
        # An introduction or a discussion that names what methods and results never do speaks of others: "DAPA-HF showed".
        spoken = (name for names in _SPOKEN_OF.findall(text) for name in names if name)
        return next((name for name in spoken if _key(name) not in self.reported), "")

    def _named(self, text: str) -> Iterator[str]:
        """The other trials that a sentence names."""
        related = (name.removesuffix(" Trial").removesuffix(" Study") for name in self.related)
        yield from (name for name in (*related, *self.others) if name and _is_named(name, text))
        yield from (name for name in _NUMBERED.findall(text) if _key(name) not in self.own and name not in self.prose)
        yield from (name for name in _called(text) if _key(name) not in self.own)


def _is_named(name: str, text: str) -> bool:
    """Whether a text has a name as a whole: HOPE is not named by "HOPE-3"."""
    return name in text and re.search(rf"(?<![\w-]){re.escape(name)}(?!-?\w)", text) is not None


def _own(paper: Paper) -> frozenset[str]:
    """The names of the paper's own trial, as `_known` has them."""
    title = paper.title.text if paper.title else ""
    card = [part.text for part in paper.parts if part.section == "study_design"]
    report = [part for part in paper.parts if part.origin is Origin.TRIAL]
    named = _known(found for text in (title, *card) for pattern in (_NAMED, _NUMBERED) for found in pattern.findall(text))
    entitled = _known(name for names in _ENTITLED.findall(title) for name in names)
    if not named.isdisjoint(entitled | _known(name for part in report for name in _called(part.text))):
        return named
    return named | _known(name for part in report if _reports(part) for name in _called(part.text))


def _reports(part: Part) -> bool:
    """Whether a part is the trial's report of itself, such as its methods and results."""
    return part.origin is Origin.TRIAL and not _OF_OTHERS.search(part.section)


def _called(text: str) -> Iterator[str]:
    """What a text calls a trial."""
    yield from _CALLED.findall(text)
    yield from _IN_IT.findall(text)


def _known(names: Iterable[str]) -> frozenset[str]:
    return frozenset(_key(name) for name in names if name)


def _key(name: str) -> str:
    """A name however it is printed: "SOPHO-Net", "SOPHO-NET", "the SOPHO-NET-Trial"."""
    return name.casefold().removesuffix("-trial").removesuffix("-study")
