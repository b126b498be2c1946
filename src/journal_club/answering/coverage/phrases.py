"""Phrases: the noun phrases of a question, in the question's own words.

Owns how a question's words are cut into what is looked for. No tagger: a phrase is a run of words that no stop word, no general verb
and no mark of punctuation breaks, with one telling word at least. What the phrases mean is not known here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal_club.answering.coverage.times import times
from journal_club.answering.coverage.vocabulary import effect_stems, general_stems, matched_stem, verb_stems
from journal_club.answering.paraphrases import known_spans
from journal_club.paper.words import STOP_WORDS, Word, words

__all__ = ["Phrase", "phrases_of"]

BREAK = re.compile(r"[,;:?!()\[\]\"“”\n]|\.(?:\s|$)|(?<!\w)['‘]|['’](?!\w)|\s[-–—]\s|/(?=\s)")
QUOTED = re.compile(r"[\"“]([^\"“”?]{2,60})[\"”]|(?<!\w)['‘]([^'‘’?]{2,60})['’](?!\w)")
CONTEXT_LINKS = frozenset(
    (
        "in",
        "among",
        "amongst",
        "between",
        "at",
        "during",
        "after",
        "before",
        "who",
        "that",
        "which",
        "when",
        "within",
        "under",
        "with",
        "without",
        "whose",
        "from",
        "by",
        "versus",
        "vs",
        "compared",
        "than",
        "on",
        "where",
        "receiving",
        "given",
        "having",
        "through",
        "across",
        "over",
        "against",
        "following",
        "per",
        "via",
        "despite",
    )
)
JOINING_LINKS = frozenset(("and", "or", "nor", "plus", "/", "as", "well", "&", "the", "a", "an", "of"))
JOINERS = re.compile(r",|/|&|\b(?:and|or|nor|plus|as well as)\b", re.IGNORECASE)
THING = re.compile(r"(?!improvement)\w+(?:ion|ions|ment|ments|ance|ence)$", re.IGNORECASE)
"""Endings that make a thing of what something does: "progression", "replacement"."""
KEPT_WORDS = frozenset(("no", "not", "without", "non", "than"))
HOW_MANY = re.compile(r"\b(?:how many|numbers? of)\s*$", re.IGNORECASE)
PEOPLE = frozenset(
    (
        "than",
        "patient",
        "survivor",
        "survivors",
        "volunteer",
        "volunteers",
        "patients",
        "participant",
        "participants",
        "subject",
        "subjects",
        "people",
        "persons",
        "individuals",
    )
)
CONTRACTED = re.compile(r"n['’]t$|['’](?:s|re|ve|d|ll)$", re.IGNORECASE)
TIME_WORD = re.compile(r"(?:second|minute|hour|day|week|month|year)s?$|\d", re.IGNORECASE)
"""Beside them a number says when; else "the two groups" are all there are."""
ADVERB = re.compile(
    r"(?!(?:family|early|elderly|daily|weekly|monthly|yearly|anomaly|assembly|supply|fly|only)$)[^\W\d_]{4,}ly$", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """One noun phrase: `text == question[start:end]`.

    Attributes:
        focus: it is what is asked; else it is given, the setting in which something is asked.
        quoted: the question quotes it, and it is one term whatever its words are.
        joined: it stands beside the phrase before it ("PFS and OS"), and either may be carried without the other.
        counted: it is the thing of which the number is asked ("how many prior lines"); people are not.
    """

    text: str
    start: int
    end: int
    focus: bool
    quoted: bool = False
    joined: bool = False
    counted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Run:
    members: tuple[Word, ...]
    quoted: bool = False

    @property
    def start(self) -> int:
        return self.members[0].start

    @property
    def end(self) -> int:
        return self.members[-1].end


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cut:
    """What ends a phrase beside stop words and general verbs, and what never does.

    Attributes:
        dropped: places that ask for a measure.
        effects: stems of words that say what something does.
        names: places of names of several words, none of which ends a phrase.
    """

    dropped: tuple[tuple[int, int], ...]
    effects: frozenset[str]
    names: tuple[tuple[int, int], ...]

    def is_named(self, word: Word) -> bool:
        """Whether a word stands in a name of several words."""
        return any(first <= word.start < last for first, last in self.names)

    def are_two_names(self, one: Word, other: Word) -> bool:
        """Whether two words stand in names of several words, and in no common one."""
        return (
            self.is_named(one) and self.is_named(other) and not any(first <= one.start and other.start < last for first, last in self.names)
        )


def phrases_of(
    question: str, start: int, end: int, *, given: bool = False, effects: bool = True, dropped: Sequence[tuple[int, int]] = ()
) -> tuple[Phrase, ...]:
    """The noun phrases of a slice of a question, in order.

    Args:
        question: the whole question.
        start: where the slice begins, code points.
        end: where it ends, exclusive.
        given: the whole slice is a setting, such as a preamble.
        effects: what something does or is worth ("improve", "feasible") is looked for too, as where a number of events is asked.
        dropped: places of words that ask for a measure ("how many"), which are no phrase.
    """
    found: list[Phrase] = []
    last_end = start
    focus = not given
    names = (*known_spans(question, start, end), *((time.start, time.end) for time in times(question) if start <= time.start < end))
    cut = _Cut(dropped=tuple(dropped), effects=frozenset() if effects else effect_stems(), names=names)
    for run in _runs(question, start, end, cut):
        focus = not given and _is_focus(question[last_end : run.start], focus=focus, first=not found)
        joined = bool(found) and _is_joined(question[last_end : run.start])
        counted = HOW_MANY.search(question[last_end : run.start]) is not None or (joined and found[-1].counted)
        found.append(_phrase(question, run, focus=focus or counted, joined=joined, counted=counted))
        last_end = run.end
    return tuple(found)


def _phrase(question: str, run: _Run, *, focus: bool, joined: bool, counted: bool) -> Phrase:
    text = question[run.start : run.end]
    return Phrase(text=text, start=run.start, end=run.end, focus=focus, quoted=run.quoted, joined=joined, counted=counted)


def _is_joined(link: str) -> bool:
    return JOINERS.search(link) is not None and all(word.text.casefold() in JOINING_LINKS | {"for", "in", "with"} for word in words(link))


def _is_focus(link: str, *, focus: bool, first: bool) -> bool:
    """Whether a phrase behind these words is still what is asked."""
    said = [word.text.casefold() for word in words(link)]
    if first:
        return True
    if all(word in JOINING_LINKS for word in said) and "(" not in link:
        return focus
    if "(" in link:
        return False
    return focus and not any(word in CONTEXT_LINKS for word in said)


def _runs(question: str, start: int, end: int, cut: _Cut) -> Iterator[_Run]:
    quotes = [found.span(1 if found[1] else 2) for found in QUOTED.finditer(question, start, end)]
    current: list[Word] = []
    counted = [last for first, last in cut.dropped if HOW_MANY.search(question[first:last])]
    for word in _words_in(question, start, end):
        quote = next((span for span in quotes if span[0] <= word.start < span[1]), None)
        if quote or _breaks(question, current, word, cut):
            yield from _trimmed(current, question, counted, cut)
            current = []
        if quote and word.start == quote[0]:
            yield _Run(members=tuple(one for one in _words_in(question, *quote)), quoted=True)
        if not quote and not _is_break(word, cut):
            current.append(word)
    yield from _trimmed(current, question, counted, cut)


def _words_in(question: str, start: int, end: int) -> Iterator[Word]:
    """The words of a slice, less what is contracted ("didn't")."""
    for one in words(question[start:end]):
        if not CONTRACTED.search(one.text):
            yield Word(text=one.text, start=one.start + start, end=one.end + start, stem=one.stem)


def _is_break(word: Word, cut: _Cut) -> bool:
    folded = word.text.casefold()
    if folded == "than":
        return False
    if cut.is_named(word):
        return any(first <= word.start < last for first, last in cut.dropped)
    if len(folded) == 1 and not folded.isdigit():
        return True
    if folded in STOP_WORDS and not (word.text.isupper() and len(word.text) > 1):
        return True
    if any(first <= word.start < last for first, last in cut.dropped) or ADVERB.match(word.text):
        return True
    stem = matched_stem(word)
    return (stem in verb_stems() or stem in cut.effects) and not THING.match(word.text)


def _breaks(question: str, current: Sequence[Word], word: Word, cut: _Cut) -> bool:
    if not current:
        return False
    return _is_break(word, cut) or cut.are_two_names(current[-1], word) or BREAK.search(question, current[-1].end, word.start) is not None


def _trimmed(run: Sequence[Word], question: str, counted: Sequence[int], cut: _Cut) -> Iterator[_Run]:
    """The run without the people at its beginning; nothing when it has no telling word and is not what is counted."""
    kept = list(run)
    while kept and kept[0].text.casefold() in PEOPLE:
        kept.pop(0)
    while kept and kept[-1].text.casefold() == "than":
        kept.pop()
    is_counted = (
        len(kept) == len(run) and kept and any(not question[end : kept[0].start].strip() for end in counted if end <= kept[0].start)
    )
    timed = any(TIME_WORD.match(word.text) for word in kept)
    if is_counted or any(cut.is_named(word) or (_is_telling(word) and (timed or not matched_stem(word).isdigit())) for word in kept):
        yield _Run(members=tuple(kept))


def _is_telling(word: Word) -> bool:
    return matched_stem(word) not in general_stems() and word.text.casefold() not in KEPT_WORDS
