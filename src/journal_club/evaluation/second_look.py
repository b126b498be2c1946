"""The second look: how much of a point a learner says in words of their own.

Owns the graded rule behind the judge's strict one: the share of a point's telling words, and all of its numbers, in one sentence of the
learner's or two neighbouring ones, words of the question left out on both sides. What turns the point round gets nothing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from journal_club.answering.answer import Statement
from journal_club.answering.verification.wording import carried, is_free, is_kin, stems, with_pieces
from journal_club.evaluation.opposition import agrees, denies, exchanges_arms, exchanges_sides, exchanges_words, plainly
from journal_club.library.passages import Passage
from journal_club.paper.model import Excerpt
from journal_club.paper.names import Names
from journal_club.statistics.arms import Arms

__all__ = ["Granted", "SecondLook"]

_COVERED = 0.6
"""Share of a point's own words, numbers present, from which on it is covered."""
_PARTLY = 0.28
"""The same, for partly."""
_FEWEST = 2
"""Words or numbers of the point's own that must be said in any case, unless it has fewer."""
_OWN = 0.2
"""Share of a sentence's words that do not stand in the question, below which the sentence only repeats it."""
_ANSWERS = 0.3
"""Share of a point's own words that what entails it must say."""
_NEAR = 0.4
"""Share of a point's words in a sentence of the paper from which on it is shown as near."""
_NEAR_BY_NUMBERS = 0.25
"""The same, of a sentence that has all of the point's numbers."""
_PAIRED = 0.1
_SPELLED_OUT = 3
_TELLING = 8
"""Letters of a stem within a long name that tell the name by itself: "neurotoxicity" of a syndrome."""
_ASKED_COUNTS = 0.5
"""What a word of the question counts, of a point that says it again."""
_ON_TOPIC = 0.25
"""Share of a point's words from which on a sentence speaks of it."""
# How people say and write it; single words of the trials' own trade are `wording`'s.
_SAID = """
attrition dropout drop dropped
target bind binding recognise recognize recognition
once one-time single
monitor monitoring watch observe surveillance
cumulative accumulate accumulation add
express expressed expression found present
absent absence lack hardly missing
faster quicker speed quick fast
seldom rarely rare
optimize better improve
fragile fragility
hard difficult challenge
refer referral send
cell cellular
centre center site
clear clearance eliminate elimination
kidney renal
exhausted exhaustion tired worn
robust convincing strong solid reliable
acute intensive close closely careful
follow after
continuous continuously ongoing until
""".strip()
_RHETORIC = """
now actually ensure focus highlight reach stage sign further rather increasingly potentially specifically currently must need
physician attending fellow resident student editor reviewer committee author recognise recognize
context impact against unlike require maintain not no without never than change deserve comment accompany
additional like example typically
""".split()  # noqa: SIM905
"""Words with which a key response speaks of itself and of its reader."""
_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_CLASS = re.compile(r"\b(?:(?:[Cc]lass|[Gg]rade|[Ss]tage|[Pp]hase|[Ll]evel|[Cc]ategory) ([IVX]{1,4}[a-c]?)|((?:I{1,3}|IV)[a-c]))\b")
_GROUPED = re.compile(r",(?=\d{3})")

_IDLE = frozenset(stem for word in _RHETORIC for stem in stems(word))


def _families() -> dict[str, frozenset[str]]:
    families: dict[str, frozenset[str]] = {}
    for line in _SAID.splitlines():
        family = frozenset(stem for word in line.split() for stem in stems(word))
        families |= {stem: families.get(stem, frozenset()) | family for stem in family}
    return families


_FAMILIES = _families()

Granted = Literal["covered", "partly", "missed"]


class SecondLook:
    """Reads points and a learner's sentences beside the question that both answer."""

    def __init__(self, question: str, names: Names, arms: Arms, known: frozenset[str]) -> None:
        """Read the question, whose words are no answer.

        Args:
            question: of the item.
            names: names that the paper, the key response and the question equate.
            arms: of the paper's trial.
            known: every acronym that they have.
        """
        self._known = known
        self._names = names
        self._arms = arms
        pairs = [(max(sorted(group), key=len), min(sorted(group), key=len)) for group in names.groups]
        self._long = [(long, short) for long, short in pairs if len(long.split()) >= _SPELLED_OUT and " " not in short]
        self._halves = [
            (word, short) for long, name in self._long for short in stems(name) for word in stems(long) if len(word) >= _TELLING
        ]
        self._asked = self._words(question)

    def copies_question(self, text: str) -> bool:
        """Whether a sentence says next to nothing that the question does not say."""
        said = self._words(text)
        own = [word for word in said if not _is_in(word, self._asked)]
        return not any(word[0].isdigit() for word in own) and len(own) <= _OWN * len(said)

    def answers(self, point: str, text: str) -> bool:
        """Whether a text says enough of what the point has and the question has not."""
        owed = self._owed(point)
        return not owed or _share(owed, self._words(text)) >= _ANSWERS

    def nearest(self, point: str, said: Sequence[Statement], *, limit: int) -> list[Statement]:
        """The sentences that share most with a point, best first; none that shares nothing."""
        wanted = self._words(point)
        ranked = sorted(((_share(wanted, self._words(one.text)), one) for one in said), key=lambda pair: -pair[0])
        return [one for share, one in ranked[:limit] if share > 0]

    def again(self, point: str, said: Sequence[Statement]) -> tuple[Granted, Statement | None, str]:
        """What is granted of a point: by the best sentence, or pair of neighbours, that agrees with it."""
        shares = [(self._told(point, one.text), cost, one) for one, cost in _windows(said)]
        for share, _, one in sorted(shares, key=lambda found: found[1] - found[0]):
            granted = self._granted(point, one.text, share)
            if granted != "missed" and self._goes_with(point, one.text):
                return granted, one, f"says {share:.0%} of its words"
        return "missed", None, "nothing in the answer says it"

    def _goes_with(self, point: str, text: str) -> bool:
        said, told = plainly(point), plainly(text)
        if self.exchanges_sides(said, told) or exchanges_arms(said, told, self._words, self._arms):
            return False
        return agrees(said, told) and not denies(said, told, self._words) and not self._exchanges_words(said, told)

    def _exchanges_words(self, point: str, text: str) -> bool:
        return exchanges_words(self._shortened(point), self._shortened(text), self._known)

    def exchanges_sides(self, point: str, text: str) -> bool:
        """Whether a text denies what the point affirms, and affirms what it denies."""
        return exchanges_sides(plainly(point), plainly(text), self._words)

    def near(self, point: str, places: Sequence[tuple[Passage, Excerpt]]) -> list[tuple[Passage, Excerpt]]:
        """The sentences of the paper that say most of a point, best first; none that says little of it."""
        wanted = self._words(point)
        ranked = [(self._nearness(wanted, self._words(one.text)), passage, one) for passage, one in places]
        ranked.sort(key=lambda found: (-found[0], found[2].start))
        return [(passage, one) for share, passage, one in ranked if share > 0]

    @staticmethod
    def _nearness(wanted: frozenset[str], said: frozenset[str]) -> float:
        share, numbers = _share(wanted, said), {word for word in wanted if word[0].isdigit()}
        return share if share >= (_NEAR_BY_NUMBERS if numbers and numbers <= said else _NEAR) else 0.0

    def speaks_of(self, point: str, text: str) -> bool:
        """Whether a text is about what a point is about."""
        return _share(self._words(point), self._words(text)) >= _ON_TOPIC

    def _told(self, point: str, text: str) -> float:
        """The share of a point that a text says; what the question says already counts for less."""
        owed, said = self._owed(point), self._words(text)
        asked = self._words(point) - owed
        whole = len(owed) + _ASKED_COUNTS * len(asked)
        return (_count(owed, said) + _ASKED_COUNTS * _count(asked, said)) / whole if whole else 0.0

    def _granted(self, point: str, text: str, share: float) -> Granted:
        owed, said = self._owed(point), self._words(text)
        told, numbers = _count(owed, said), {word for word in owed if word[0].isdigit()}
        few = told < _FEWEST and 2 * told < len(owed)
        if not told or few or not numbers <= said or share < _PARTLY:
            return "missed"
        return "covered" if share >= _COVERED else "partly"

    def _owed(self, point: str) -> frozenset[str]:
        """The words and the numbers of a point that the question does not have."""
        return frozenset(word for word in self._words(point) if not _is_in(word, self._asked))

    def _words(self, text: str) -> frozenset[str]:
        """The stems of what a text says, and its numbers; words that say nothing by themselves left out."""
        text = plainly(text)
        found = frozenset(stems(self._shortened(text)))
        found |= {short for word, short in self._halves if word in found}
        told = {stem for stem in found - _IDLE if not stem[0].isdigit() and not all(is_free(piece) for piece in stem.split("-"))}
        return frozenset(told | set(_numerals(text)))

    def _shortened(self, text: str) -> str:
        """The text with each known name one word, where it is spelled out in three or more: a name is said or not, never half."""
        text = self._names.canonical(text)
        for long, short in self._long:
            text = text.replace(long, short)
        return text


def _numerals(text: str) -> Iterator[str]:
    """The numbers of a text in digits, and its classes, which begin with a zero to be told from words."""
    yield from (_GROUPED.sub("", number).replace("·", ".") for number in _NUMBER.findall(text))
    yield from (f"0{found[1] or found[2]}" for found in _CLASS.finditer(text))


def _windows(said: Sequence[Statement]) -> list[tuple[Statement, float]]:
    """Each sentence, and each with the one behind it, which must say so much more to be worth its length."""
    pairs = [
        one.model_copy(update={"text": f"{one.text} {following.text}", "end_index": following.end_index})
        for one, following in pairwise(said)
    ]
    return [*((one, 0.0) for one in said), *((one, _PAIRED) for one in pairs)]


def _share(wanted: frozenset[str], said: frozenset[str]) -> float:
    return _count(wanted, said) / len(wanted) if wanted else 0.0


def _count(wanted: frozenset[str], said: frozenset[str]) -> int:
    pieces = with_pieces(said) | {word.replace("-", "") for word in said}
    return sum(_is_in(word, pieces) for word in wanted)


def _is_in(word: str, said: frozenset[str]) -> bool:
    if word[0].isdigit():
        return word in said
    return (
        carried(word, said)
        or any("-" in other and other.replace("-", "") == word for other in said)
        or not said.isdisjoint(_FAMILIES.get(word, ()))
        or any(is_kin(word, other) for other in said)
    )
