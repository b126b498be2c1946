"""Names: what the texts themselves call by two names.

Owns the pairs that authors write down: "overall survival (OS)", "hazard ratio [HR]", "ciltacabtagene autoleucel (cilta-cel)",
"OS (overall survival)", "CZP = certolizumab pegol", "DPd: daratumumab, pomalidomide, dexamethasone". It has no dictionary: what no
text equates is not equal. A short form that the texts give two meanings is equated with neither.

Long forms are found by the method of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in
biomedical text", extended by lists of drugs whose initials make a regimen's name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from journal_club.paper.words import STOP_WORDS, WORD, Word, words

__all__ = ["Names"]

BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,160})[)\]]")
DEFINED = re.compile(r"(?<![\w-])([A-Za-z][\w+/-]{1,11})(?:[ \t]?=[ \t]?|:[ \t]+)([^\n.;:=()\[\]]{4,120})")
SHORT_FORM = re.compile(r"[A-Za-z][\w+/-]{1,11}")
WORD_BEFORE = re.compile(r"(?<![\w-])([A-Za-z][\w+/-]{1,11})[ \t]?$")
CLAUSE = re.compile(r"[.;:!?]\s")
LIST_SPLIT = re.compile(r",\s*(?:and\s+|or\s+|plus\s+)?|\s+and\s+|\s+plus\s+|\s*\+\s*")
LONGEST_BEFORE = 160
"""Characters before a bracket in which the long form may begin."""

Key = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names that some texts equate.

    Attributes:
        groups: each a set of names for one thing, as the texts write them, long and short, singular and plural.
    """

    groups: tuple[frozenset[str], ...]
    _index: Mapping[Key, int] = field(repr=False, compare=False)
    _exact: frozenset[str] = field(repr=False, compare=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Names":
        """Collect the names that the texts equate. Give it answering passages only: a key response is no source."""
        kept = tuple(texts)
        meanings: dict[str, dict[Key, dict[str, None]]] = {}
        for text in kept:
            for short, long in _definitions(text):
                meanings.setdefault(short, {}).setdefault(_key(long), {})[long] = None
        pairs = [(short, long) for short, longs in meanings.items() if len(longs) == 1 for long in next(iter(longs.values()))]
        groups = _merged(pairs)
        index = {key: number for number, group in enumerate(groups) for name in group if (key := _key(name))}
        return cls(groups=groups, _index=index, _exact=_also_plain_words(groups, kept))

    def alternatives(self, text: str) -> tuple[str, ...]:
        """The other names of everything that the text names, each once, in the order of the text."""
        found: dict[str, None] = {}
        for start, end, group in self._found(text):
            said = _key(text[start:end])
            found.update(dict.fromkeys(sorted(name for name in self.groups[group] if _key(name) != said)))
        return tuple(found)

    def canonical(self, text: str) -> str:
        """The text with each known name replaced by its group's longest, for matching; it is no text to show."""
        pieces: list[str] = []
        last = 0
        for start, end, group in self._found(text):
            pieces += [text[last:start], max(sorted(self.groups[group]), key=len)]
            last = end
        return "".join([*pieces, text[last:]])

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        """The pieces of the longest name that begins with a piece: most words of a text begin none."""
        longest: dict[str, int] = {}
        for key in self._index:
            longest[key[0]] = max(len(key), longest.get(key[0], 0))
        return longest

    def _found(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Each known name in the text, the longest first at each place: start, end, group."""
        if not self._index:
            return
        pieces = _pieces(words(text), self._exact)
        place = 0
        while place < len(pieces):
            longest = self._longest.get(pieces[place][0], 0)
            for size in range(min(longest, len(pieces) - place), 0, -1):
                group = self._index.get(tuple(piece for piece, _, _ in pieces[place : place + size]))
                if group is not None:
                    yield pieces[place][1], pieces[place + size - 1][2], group
                    place += size
                    break
            else:
                place += 1


def _pieces(found: Iterable[Word], exact: frozenset[str]) -> list[tuple[str, int, int]]:
    """What names are compared by: stems of hyphenated pieces less stop words, each with its word's place."""
    pieces: list[tuple[str, int, int]] = []
    plain = _plain_forms(exact)
    for word in found:
        if word.text not in exact and (word.text.casefold() in STOP_WORDS or word.text.casefold() in plain or word.stem in plain):
            continue
        pieces += [(piece, word.start, word.end) for piece in word.stem.split("-") if piece and piece not in STOP_WORDS - {word.stem}]
    return pieces


@lru_cache(maxsize=1024)
def _plain_forms(exact: frozenset[str]) -> frozenset[str]:
    """The plain words that such names look like, and what else has their stem: "aged" is no form of "AGE" either."""
    stems = (found[0].stem for name in exact if len(found := words(name)) == 1)
    return frozenset(name.casefold() for name in exact) | frozenset(stems)


def _key(name: str) -> Key:
    return tuple(piece for piece, _, _ in _pieces(words(name), frozenset({name})))


def _also_plain_words(groups: Iterable[frozenset[str]], texts: Iterable[str]) -> frozenset[str]:
    """Short names that are plain words as well ("OR", "ARM"): they count in their own letters only."""
    short = {name for group in groups for name in group if not name.islower()}
    lower = {word for text in texts for word in WORD.findall(text) if word.islower()} | STOP_WORDS if short else STOP_WORDS
    return frozenset(name for name in short if name.casefold() in lower)


def _merged(pairs: Iterable[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    owner: dict[Key, set[str]] = {}
    for short, long in pairs:
        both = owner.get(_key(long), set()) | owner.get(_key(short), set()) | {short, long} | _singulars(short, long)
        owner.update({_key(name): both for name in both})
    unique: dict[int, set[str]] = {id(group): group for group in owner.values()}
    return tuple(sorted((frozenset(group) for group in unique.values()), key=sorted))


def _singulars(short: str, long: str) -> set[str]:
    """The plural of an abbreviation names the same thing: "AEs" defined gives "AE", and the other way round."""
    if not short.isalnum() or not short[:-1].isupper():
        return set()
    if short.endswith("s"):
        return {short[:-1]} if long.endswith("s") and len(short) > 2 else set()
    return {short + "s"} if short.isupper() and not short.endswith("S") else set()


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    for bracket in BRACKETED.finditer(text):
        yield from _around_bracket(text, bracket)
    for found in DEFINED.finditer(text):
        if _is_short(found[1]):
            yield from _matched(found[1], found[2].strip(), whole=found[2].strip())


def _around_bracket(text: str, bracket: re.Match[str]) -> Iterator[tuple[str, str]]:
    inner = re.split(r"[;,]", bracket[1], maxsplit=1)[0].strip()
    before = CLAUSE.split(text[max(0, bracket.start() - LONGEST_BEFORE) : bracket.start()])[-1]
    if SHORT_FORM.fullmatch(inner) and _is_short(inner):
        yield from _matched(inner, before.rstrip(), whole="")
    short = WORD_BEFORE.search(before)
    if short and _is_short(short[1]) and not SHORT_FORM.fullmatch(inner):
        yield from _matched(short[1], bracket[1].strip(), whole=bracket[1].strip())


def _is_short(name: str) -> bool:
    capitals = sum(character.isupper() for character in name)
    return capitals >= 2 or (capitals >= 1 and not name.isalpha()) or ("-" in name.strip("-") and name[-1].isalpha())


def _matched(short: str, context: str, *, whole: str) -> Iterator[tuple[str, str]]:
    """The pair, when the end of the context spells the short form; when `whole` is given, it must be the whole of it."""
    long = _list_form(short, context) or _long_form(short, context)
    if long and (not whole or long == whole):
        yield short, long


def _long_form(short: str, context: str) -> str | None:
    """The shortest end of the context whose letters spell the short form, its first letter at the beginning of a word."""
    letters = [character for character in short.rstrip("s" if short[:-1].isupper() else "").casefold() if character.isalnum()]
    most = min(len(letters) + 5, 2 * len(letters))
    folded = context.casefold()
    if len(folded) != len(context):
        return None
    place = len(context)
    for number in range(len(letters) - 1, -1, -1):
        place = _place_of(folded, letters[number], place, at_word=number == 0)
        if place < 0:
            return None
    long = context[place:].strip(" \t\n\"'“”‘’")
    return long if len(long.split()) <= most and len(long) > len(short) and short.casefold() not in long.casefold().split() else None


def _place_of(folded: str, letter: str, before: int, *, at_word: bool) -> int:
    place = folded.rfind(letter, 0, before)
    while at_word and place > 0 and folded[place - 1].isalnum():
        place = folded.rfind(letter, 0, place)
    return place


def _list_form(short: str, context: str) -> str | None:
    """A regimen: as many drugs as letters, and the initials of the first and of all but one of the others agree ("PVd")."""
    if not short.isalpha():
        return None
    splits = [*LIST_SPLIT.finditer(context)]
    if len(splits) < len(short) - 1:
        return None
    last = splits[-(len(short) - 1) :]
    head = context[: last[0].start()].split()
    items = [head[-1] if head else "", *(context[split.end() :].split(" ", maxsplit=1)[0] for split in last)]
    agree = [item[:1].casefold() == letter.casefold() for item, letter in zip(items, short, strict=True)]
    if not head or "," not in context[last[0].start() :] or not agree[0] or sum(agree) < len(short) - 1:
        return None
    return context[len(context[: last[0].start()]) - len(head[-1]) :].strip()
