"""Whose: the trial whose numbers a sentence of a paper gives, its own or another's.

Owns the reading of trials' names. A paper's own are those of its title and its study-design card, or where these name none, of its
abstract or key findings; what else it calls a trial, "the DAPA-HF trial", is another one wherever it is named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from journal_club.paper.model import Origin, Paper, Part

__all__ = ["Trials"]

_NAME = r"(?=[\w-]{4})[A-Z](?=[a-z]*[A-Z])[A-Za-z]+(?:-[A-Za-z]+){0,2}(?:[- ]?\d{1,3})?"
"""Two capitals in its first piece: "DAPA-HF", "EMPEROR-Reduced", "CheckMate 067"."""
_NAMED = re.compile(rf"(?<![\w-]){_NAME}(?![\w-])")
_NUMBERED = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]{2,}[A-Za-z]*-\d{1,3}\b|\b[A-Z][a-z]*[A-Z]\w{2,}-\d{1,3}\b")
_CALLED = re.compile(rf"(?<![\w-])({_NAME}) (?:study|studies|trials?)\b")
"""A name that is said to be a study's: "the phase 2 HAZEL-HF study"."""
_THE_CALLED = re.compile(rf"\b[Tt]he (?:[\w-]+ ){{0,3}}?({_NAME}) (?:study|trial)\b")
_IN_IT = re.compile(rf"(?<![\w-])In ({_NAME}),")
"""How a trial is named without a word for it: "In DAPA-HF, the hazard ratio was"."""
_ABSTRACT = re.compile(r"abstract|summary|front_matter|bottom_line|key_findings", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Trials:
    """The trials that a paper names.

    Attributes:
        own: names of its own trial.
        prose: names with a number that its report uses, which are a trial's only where it is called one: "SF-36".
        others: names of other trials.
        related: as the page lists them beside the paper; each is one of its `related_trials`.
    """

    own: frozenset[str]
    prose: frozenset[str]
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
            others=tuple(name for name in called if name not in own),
            related=tuple(trial.name.text for trial in paper.related_trials),
        )

    def of_sentence(self, part: Part, text: str) -> str:
        """Whose numbers a sentence gives: another trial's name, or nothing for the paper's own."""
        if part.origin is Origin.RELATED_TRIAL and part.item is not None and part.item < len(self.related):
            return self.related[part.item]
        return next(self._named(text), "")

    def _named(self, text: str) -> Iterator[str]:
        """The other trials that a sentence names."""
        related = (name.removesuffix(" Trial").removesuffix(" Study") for name in self.related)
        yield from (name for name in (*related, *self.others) if name and _is_named(name, text))
        yield from (name for name in _NUMBERED.findall(text) if name not in self.own | self.prose)
        yield from (name for name in (*_CALLED.findall(text), *_IN_IT.findall(text)) if name not in self.own)


def _is_named(name: str, text: str) -> bool:
    """Whether a text has a name as a whole: HOPE is not named by "HOPE-3"."""
    return name in text and re.search(rf"(?<![\w-]){re.escape(name)}(?!-?\w)", text) is not None


def _own(paper: Paper) -> frozenset[str]:
    """The names of the paper's own trial."""
    card = [part.text for part in paper.parts if part.section == "study_design"]
    named = _names(" ".join([paper.title.text if paper.title else "", *card]))
    abstract = " ".join(part.text for part in paper.parts if part.origin is Origin.TRIAL and _ABSTRACT.search(part.section))
    return named or frozenset((*_CALLED.findall(abstract), *_IN_IT.findall(abstract)))


def _names(text: str) -> frozenset[str]:
    return frozenset((*_NAMED.findall(text), *_NUMBERED.findall(text)))
