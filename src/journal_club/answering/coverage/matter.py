"""Matter: what a paper's text is about, sentence by sentence, in the stems that a question is matched with.

Owns the index of one paper version and the terms of a question's phrases in it. It ranks nothing and decides nothing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from journal_club.answering.coverage.fields import asked_by
from journal_club.answering.coverage.initials import SHORTENED, phrases_by_initials
from journal_club.answering.coverage.name_forms import Form, form_of, forms_of, is_abbreviation
from journal_club.answering.coverage.technical import is_technical
from journal_club.answering.coverage.times import Time, times
from journal_club.answering.coverage.trial_names import BRACKETED_NAME, TRIAL_NAME, first_piece, named_trials
from journal_club.answering.coverage.vocabulary import general_stems, is_known, matched_stem, stem
from journal_club.answering.coverage.word_forms import are_one_word
from journal_club.answering.injection import is_instruction
from journal_club.library.passages import PUBLICATION, Passage
from journal_club.paper.model import Excerpt, Origin
from journal_club.paper.names import Names
from journal_club.paper.words import STOP_WORDS, Word, words
from journal_club.statistics.arms import Arms
from journal_club.statistics.declared import declared_arms
from journal_club.statistics.regimens import regimens

__all__ = ["Matter", "Term", "Unit", "matter_of"]

LINE_END = re.compile(r"(?<=[^\s|])\r?\n(?=[^\s|])")
"""Where a line ends within a sentence; rows of a table stay rows."""
GENERAL_WEIGHT = 0.25
"""Of a word that only asks: enough to prefer the sentence that has it too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One thing that a phrase looks for.

    Attributes:
        text: the words of the question.
        forms: its names; each is a row of sets of stems, and a sentence holds the form when it has one stem of every set.
        telling: its absence says something; a word that only asks is not telling.
        trial: it looks like the name of a trial.
        plain: an everyday word of which no other names are known here: a text may well say it otherwise.
    """

    text: str
    forms: tuple[tuple[frozenset[str], ...], ...]
    telling: bool
    trial: bool = False
    plain: bool = False

    def in_(self, stems_: frozenset[str]) -> bool:
        """Whether a set of stems holds the term."""
        return any(all(not position.isdisjoint(stems_) for position in form) for form in self.forms)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Unit:
    """A sentence, field or row of the text, with the stems of its words.

    Attributes:
        text: its words; where a line of the source ends within it stands a blank.
        own: stems of its own words.
        labelled: of them and of its section and label.
        begun: of them and of the sentences before it in its passage.
        around: of its passage, section and label.
        label: of its section and label.
    """

    passage: Passage
    excerpt: Excerpt
    text: str
    own: frozenset[str]
    labelled: frozenset[str]
    begun: frozenset[str]
    around: frozenset[str]
    label: frozenset[str]


class Matter:
    """What one paper version is about.

    Attributes:
        units: the sentences that may answer.
        publication: journal, date, title and authors, which answer questions about the publication alone: a title is no result.
    """

    def __init__(self, passages: tuple[Passage, ...], names: Names) -> None:
        """Index the sentences of a paper, less those that give orders instead of reporting."""
        units = (unit for passage in passages for unit in _units(passage, names))
        honest = tuple(unit for unit in units if not is_instruction(unit.text))
        self.units: tuple[Unit, ...] = tuple(unit for unit in honest if unit.passage.section != PUBLICATION)
        self.publication: tuple[Unit, ...] = tuple(unit for unit in honest if unit.passage.section == PUBLICATION)
        self._frequency = Counter(stem_ for unit in {unit.passage.id: unit for unit in honest}.values() for stem_ in unit.around)
        self._passages = max(1, len(passages))
        self._names = names
        self._text = "\n".join(passage.text for passage in passages)

    @cached_property
    def arms(self) -> Arms:
        """The arms of the paper's own trial."""
        own = [unit.text for unit in self.units if not self.is_related(unit)]
        return Arms.of(own, equal=self._names.groups, named=(*regimens(own), *declared_arms(own)))

    @cached_property
    def _forms(self) -> dict[tuple[str, ...], tuple[Form, ...]]:
        return forms_of(self._names, self.arms)

    @cached_property
    def _initials(self) -> Mapping[str, frozenset[tuple[str, ...]]]:
        return phrases_by_initials(unit.text for unit in self.units)

    @cached_property
    def trials(self) -> frozenset[str]:
        """Stems of the names of trials that the text mentions."""
        return frozenset(stem(found[0]) for found in TRIAL_NAME.finditer(self._text))

    def terms(self, phrase: str) -> tuple[Term, ...]:
        """What a phrase looks for: the paper's and the common names in it, and its other words."""
        said = words(phrase)
        found: list[Term] = []
        place = 0
        spans = {time.start: time for time in times(phrase)}
        while place < len(said):
            time = spans.get(said[place].start)
            term, length = _timed(phrase, time, said, place) if time else self._term_at(said, place)
            found += [term] if term else []
            place += length
        return tuple(found)

    def _term_at(self, said: tuple[Word, ...], place: int) -> tuple[Term | None, int]:
        for length in range(min(6, len(said) - place), 0, -1):
            key = tuple(_key(word) for word in said[place : place + length])
            forms = self._forms.get(key)
            if forms and not (length == 1 and said[place].text.casefold() in STOP_WORDS and not said[place].text.isupper()):
                return Term(text=" ".join(word.text for word in said[place : place + length]), forms=forms, telling=True), length
        return self._word_term(said[place]), 1

    def _word_term(self, word: Word) -> Term | None:
        if word.text.casefold() in STOP_WORDS and not (word.text.isupper() and len(word.text) > 1):
            return None
        forms = tuple(form_of(row) for row in _spellings(word))
        if SHORTENED.fullmatch(word.text) and (runs := self._initials.get(word.text.removesuffix("s"))):
            forms += tuple(form_of(stem(piece) for piece in run) for run in sorted(runs))
        trial = TRIAL_NAME.fullmatch(word.text) is not None or matched_stem(word) in self.trials
        telling = matched_stem(word) not in general_stems() and word.stem not in general_stems()
        known = is_technical(word.text) or any(is_known(one) for form in forms for row in form for one in row)
        term = Term(text=word.text, forms=forms, telling=telling, trial=trial, plain=telling and not trial and not known)
        if telling and not trial and not self.has(term):
            said = matched_stem(word)
            akin = frozenset(other for other in self._frequency if other[:3] == said[:3] and are_one_word(said, other))
            term = Term(text=word.text, forms=(*forms, (akin,)), telling=True) if akin else term
        return term

    def has(self, term: Term) -> bool:
        """Whether the text has the term anywhere."""
        return any(all(any(one in self._frequency for one in position) for position in form) for form in term.forms)

    def weight(self, term: Term) -> float:
        """How telling a term is, 0 to 1: what few passages have weighs most, and what none has weighs 1."""
        if not term.telling:
            return GENERAL_WEIGHT
        rarest = max(
            (min((max((self._frequency[one] for one in position), default=0) for position in form), default=0) for form in term.forms),
            default=0,
        )
        return math.log(1 + self._passages / max(rarest, 1)) / math.log(1 + self._passages)

    def names_another(self, unit: Unit) -> frozenset[str]:
        """The names of other trials in a sentence, up to their first hyphen, where the paper's title names its own."""
        if not self.own_names or any(first_piece(word.text) in self.own_names for word in words(unit.text)):
            return frozenset()
        return frozenset(map(first_piece, named_trials(unit.text)))

    def is_of_another(self, name: str) -> bool:
        """Whether a name is not the paper's own trial's."""
        return first_piece(name) not in self.own_names

    @cached_property
    def own_names(self) -> frozenset[str]:
        """What the title calls the paper's own trial, in small letters and up to the first hyphen; empty where it names none."""
        titles = [one.text for one in self.publication]
        return frozenset(
            first_piece(found[0]) for title in titles for found in (*TRIAL_NAME.finditer(title), *BRACKETED_NAME.finditer(title))
        )

    def is_related(self, unit: Unit) -> bool:
        """Whether a unit is a row about another trial."""
        return unit.passage.origin is Origin.RELATED_TRIAL


@lru_cache(maxsize=32)
def matter_of(passages: tuple[Passage, ...], names: Names) -> Matter:
    """The matter of one paper version, made once."""
    return Matter(passages, names)


def _units(passage: Passage, names: Names) -> Iterator[Unit]:
    label = frozenset(_stem_set(f"{passage.section.replace('_', ' ')} {passage.label} {asked_by(passage)}"))
    own = [frozenset(_stem_set(sentence.text) | _stem_set(names.canonical(sentence.text))) for sentence in passage.sentences]
    around = label.union(*own)
    before: frozenset[str] = frozenset()
    for sentence, stems_ in zip(passage.sentences, own, strict=True):
        before |= stems_
        yield Unit(
            passage=passage,
            excerpt=sentence,
            text=LINE_END.sub(" ", sentence.text),
            own=stems_,
            labelled=stems_ | label,
            begun=before,
            around=around,
            label=label,
        )


def _stem_set(text: str) -> set[str]:
    """Stems of a text's words, of their hyphenated pieces, of the pieces joined, its times, and abbreviations as they are written."""
    found: set[str] = {time.token for time in times(text)}
    for word in words(text):
        found.add(matched_stem(word))
        if "-" in word.stem:
            pieces = [piece for piece in re.split(r"[-–‐‑]", word.text) if piece]
            found.update(stem(piece) for piece in pieces)
            found.add(stem("".join(pieces)))
        if is_abbreviation(word.text):
            found.add(f"^{word.text}")
    return found


def _timed(phrase: str, time: Time, said: Sequence[Word], place: int) -> tuple[Term, int]:
    """A time as a term, and how many words it has."""
    length = sum(1 for word in said[place:] if word.start < time.end)
    return Term(text=phrase[time.start : time.end], forms=((frozenset({time.token}),),), telling=True), length


def _key(word: Word) -> str:
    return matched_stem(word)


def _spellings(word: Word) -> Iterator[tuple[str, ...]]:
    """The ways to write a word: as it is, its hyphenated pieces apart, and joined."""
    yield (matched_stem(word),)
    if "-" in word.stem:
        pieces = [piece for piece in re.split(r"[-–‐‑]", word.text) if piece]
        telling = tuple(one for piece in pieces if piece.casefold() not in STOP_WORDS and (one := stem(piece)) not in general_stems())
        if telling:
            yield telling
        yield (stem("".join(pieces)),)
