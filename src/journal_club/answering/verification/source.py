"""Sources: the sentences of a paper as verification needs them, each read once, at the latest when it is first asked.

Owns the noun `Source` (one sentence, field or row with its words, numbers and directions) and `Sources` (all of a paper's, with the names
and arms that they give and the words that name what the trial studied). Judges nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from journal_club.answering.injection import is_instruction
from journal_club.answering.verification.alignment import Token, tokens
from journal_club.answering.verification.claim import Claim
from journal_club.answering.verification.opposites import FINITE, Turn, design_words, turns
from journal_club.answering.verification.pieces import Piece, pieces
from journal_club.answering.verification.quotation import plain, without_emphasis, without_markup
from journal_club.answering.verification.wording import Weights, carried, carriers, stems, with_pieces
from journal_club.library.passages import Passage
from journal_club.paper.model import Excerpt, Origin
from journal_club.paper.names import Names
from journal_club.statistics.arms import CONTROL, Arm, Arms, outside
from journal_club.statistics.binding import bound_statistics
from journal_club.statistics.declared import declared_arms
from journal_club.statistics.numerals import fold
from journal_club.statistics.regimens import regimens
from journal_club.statistics.statistic import Measure, Statistic

__all__ = ["Source", "Sources"]

_TRIAL_NAME = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-[A-Z]?\d+[A-Za-z]?)?\b|\b[A-Z][a-z]*[A-Z]\w*-\d+\b")
_ROW_NAME = re.compile(r"^(?!\d{4}\s*$)(?P<name>[^\n=·]{2,80}?)(?:\s+(?:Trial|Study|trial|study))?\s*$", re.MULTILINE)
_FIELD = re.compile(r"\A(?:Population|Intervention)\b")
_DIGITS = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_REFERS = re.compile(r"\b(?:they|them|their|these|this|it|its|such|former|latter|the (?:two|three) groups)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\W*(?:they|these|this|it|its|such|the (?:former|latter|difference|change)s?)\b", re.IGNORECASE)
_LAST_CELL = re.compile(r"\s(?:0?\.\d{2,4}|<\s?0?\.0\d{1,3})\s*\Z")
_FEWEST_CELLS = 2
_MINIMUM_MENTIONS = 2
_VALUE_WEIGHT = 2.5


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """One sentence, field or row of a paper.

    Attributes:
        number: its place among the paper's sources.
        stems: its words, known names made one; `around` those of its heading and passage label.
        trial: for a row of related trials the trial's name, else empty.
    """

    number: int
    passage: Passage
    excerpt: Excerpt
    canonical: str
    stems: frozenset[str]
    around: frozenset[str]
    trial: str
    arms: Arms = field(repr=False)

    @cached_property
    def statistics(self) -> tuple[Statistic, ...]:
        """Its numbers."""
        return _with_p(self.excerpt.text, bound_statistics(without_emphasis(self.excerpt.text), self.arms))

    @cached_property
    def plain_statistics(self) -> tuple[Statistic, ...]:
        """Its numbers, less those that are part of an arm's name: the 4 of "every 4 weeks"."""
        return outside(self.statistics, self.named_arms)

    @cached_property
    def named_arms(self) -> tuple[Arm, ...]:
        """The arms that it names, in order."""
        return tuple(self.arms.mentions(self.excerpt.text))

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Its words of direction."""
        return turns(self.excerpt.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """What must not be exchanged in it, in order."""
        return tokens(self.excerpt.text, self.statistics, self.named_arms, self.turns)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its words, numbers and brackets, in order."""
        return pieces(self.excerpt.text, self.statistics)

    @cached_property
    def instruction(self) -> bool:
        """Whether it gives orders to its reader: it supports nothing then."""
        return is_instruction(self.excerpt.text)

    def read(self) -> None:
        """Read all of it now, so that no statement waits for it."""
        _ = self.tokens, self.pieces, self.instruction


class Sources:
    """The sentences of one paper. Immutable once built, but for what it remembers."""

    def __init__(self, passages: Sequence[Passage], names: Names) -> None:
        self.names = names
        texts = [passage.text for passage in passages]
        own = [passage.text for passage in passages if passage.origin is not Origin.RELATED_TRIAL]
        self.arms = Arms.of(own or texts, equal=names.groups, named=(*regimens(own or texts), *declared_arms(own or texts)))
        heads = {name: with_pieces(stems(name)) for group in names.groups for name in group}
        self._heads = frozenset(stem for found in heads.values() for stem in found)
        self._headless = tuple(name for name, found in heads.items() if not found)
        self.all: tuple[Source, ...] = tuple(self._read(passages))
        self._by_passage: dict[str, list[Source]] = {}
        self._surrounding: dict[Source, tuple[str, tuple[Statistic, ...]]] = {}
        for source in self.all:
            self._by_passage.setdefault(source.passage.id, []).append(source)
        self.weights = Weights(source.stems for source in self.all)
        self.trial_name = _own_name(passages)
        self.subject = self._subject(passages)
        self.tested = frozenset(stem for name, arm in self.arms.names.items() if arm != CONTROL for stem in stems(name))
        self.design = "\n".join(passage.text for passage in passages if passage.section == "study_design")
        self.design_words = design_words(self.design)
        self._verbatim: dict[str, list[Source]] = {}
        for source in self.all:
            self._verbatim.setdefault(plain(source.excerpt.text), []).append(source)
        self._index = _index_of(self.all)
        self.words = frozenset(stem for source in self.all for stem in source.stems | source.around)

    def of(self, passages: Iterable[Passage]) -> list[Source]:
        """The sources of some passages of this paper, in the order given; passages of another version are read anew."""
        unique = {passage.id: passage for passage in passages}
        return [source for passage in unique.values() for source in self._by_passage.get(passage.id) or self._read([passage])]

    def nearest(self, claim: Claim, *, limit: int) -> list[Source]:
        """The sources of the passages that share most with a claim, by words and by numbers."""
        points: dict[int, float] = {}
        for stem in dict.fromkeys(claim.stems):
            for number in {number for form in carriers(stem) for number in self._index.get(form, ())}:
                points[number] = points.get(number, 0.0) + self.weights(stem)
        for value in {statistic.value for statistic in claim.statistics}:
            for number in self._index.get(value, ()):
                points[number] = points.get(number, 0.0) + _VALUE_WEIGHT
        ranked = sorted(points, key=lambda number: (-points[number], number))
        best = list(dict.fromkeys(self.all[number].passage.id for number in ranked[: limit * 8]))[:limit]
        return [source for passage_id in best for source in self._by_passage[passage_id]]

    def lender(self, source: Source) -> Source | None:
        """The sentence before, where a sentence goes on from it: "They were randomized", "This group visited"."""
        before = self._beside(source, -1)
        return before if before is not None and _REFERS.search(source.excerpt.text) else None

    def surrounding(self, source: Source) -> tuple[str, tuple[Statistic, ...]]:
        """A sentence with its neighbours in the same passage, as one text, and its numbers."""
        if source not in self._surrounding:
            near = [one for step in (-1, 0, 1) if (one := self._beside(source, step)) is not None]
            text = without_emphasis(" ".join(one.excerpt.text for one in near or [source]))
            self._surrounding[source] = (text, outside(bound_statistics(text, self.arms), self.arms.mentions(text)))
        return self._surrounding[source]

    def going_on(self, source: Source) -> Source | None:
        """The sentence behind a source, where it begins by going on from it."""
        after = self._beside(source, 1)
        return after if after is not None and _GOES_ON.match(after.excerpt.text) else None

    def _beside(self, source: Source, step: int) -> Source | None:
        """The sentence that many places on in the same passage; none that gives orders to its reader, which carries nothing."""
        place = source.number + step
        own = source.number < len(self.all) and self.all[source.number] is source
        other = self.all[place] if own and 0 <= place < len(self.all) else None
        return other if other is not None and other.passage.id == source.passage.id and not other.instruction else None

    def repeats(self, text: str) -> tuple[Source, ...]:
        """The sources, orders to readers left out, that are this sentence word for word."""
        return tuple(source for source in self._verbatim.get(plain(text), ()) if not source.instruction)

    def lacks(self, phrase: str) -> bool:
        """Whether some content word of a phrase stands nowhere in the paper."""
        return bool(self.lacking(phrase)) or not stems(phrase)

    def lacking(self, phrase: str) -> frozenset[str]:
        """The stems of a phrase's content words that stand nowhere in the paper."""
        return frozenset(stem for stem in stems(self.names.canonical(phrase)) if not carried(stem, self.words))

    def _read(self, passages: Iterable[Passage]) -> Iterable[Source]:
        number = 0
        for passage in passages:
            around = with_pieces(stems(self.names.canonical(f"{passage.label} {passage.section.replace('_', ' ')}")))
            trial = _row_name(passage)
            for excerpt in passage.sentences:
                canonical = without_markup(excerpt.text)
                found = with_pieces(stems(canonical))
                if not self._heads.isdisjoint(found) or any(name in canonical for name in self._headless):
                    canonical = self.names.canonical(canonical)
                    found |= with_pieces(stems(canonical))
                yield Source(
                    number=number,
                    passage=passage,
                    excerpt=excerpt,
                    canonical=canonical,
                    stems=found,
                    around=around,
                    trial=trial,
                    arms=self.arms,
                )
                number += 1

    def _subject(self, passages: Sequence[Passage]) -> frozenset[str]:
        """The words that name what was studied in whom, which every sentence about the trial may use."""
        fields = [passage.text for passage in passages if passage.section == "study_design" and _FIELD.match(passage.text)]
        return frozenset(
            stem for text in (*fields, self.trial_name, *_titles(passages)) for stem in (*stems(text), *stems(self.names.canonical(text)))
        )


def _with_p(text: str, found: tuple[Statistic, ...]) -> tuple[Statistic, ...]:
    """The statistics of a sentence or row; the last of a table's row, "65.4 (8.7) 65.8 (6.7) .941", is a p-value by its column."""
    last = found[-1] if len(found) > _FEWEST_CELLS else None
    if last is None or last.measure is not Measure.NONE or last.unit or not _LAST_CELL.search(text) or FINITE.search(text):
        return found
    return (*found[:-1], replace(last, measure=Measure.P, arm="", contrast=()))


def _index_of(sources: Sequence[Source]) -> dict[object, list[int]]:
    """Words and values -> the numbers of the sources that hold them."""
    index: dict[object, list[int]] = {}
    for source in sources:
        for key in {*source.stems, *source.around, *(Decimal(digits) for digits in _DIGITS.findall(fold(source.excerpt.text)))}:
            index.setdefault(key, []).append(source.number)
    return index


def _own_name(passages: Sequence[Passage]) -> str:
    """The trial's own name: the one that the paper's id spells, else the one that its own text says most often."""
    own = [passage for passage in passages if passage.origin is not Origin.RELATED_TRIAL]
    counted = Counter(found for passage in own for found in _TRIAL_NAME.findall(passage.text) if "-" in found)
    spelled = next((name for name in counted if passages and name.casefold() == passages[0].paper_id.casefold()), "")
    best = counted.most_common(1)
    return spelled or (best[0][0] if best and best[0][1] >= _MINIMUM_MENTIONS else "")


def _titles(passages: Sequence[Passage]) -> list[str]:
    return [passage.text for passage in passages if passage.section == "publication"][:1]


def _row_name(passage: Passage) -> str:
    if passage.origin is not Origin.RELATED_TRIAL:
        return ""
    found = _ROW_NAME.search(passage.text)
    return found["name"].strip() if found else ""
