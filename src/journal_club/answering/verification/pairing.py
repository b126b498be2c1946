"""Pairing: which words belong to which of several numbers or directions of one sentence.

Owns one question, for groups and outcomes that need no known name: a source gives "79% in the hand-signed group and 78% in the printed
group", "NBT: 76%, CBT: 68%", "the 3 h and 20 h groups had 1.0 and 1.1, respectively", "fell with A and rose with B"; does the statement
put one of them beside another's word? Words that stand beside all of them tell nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from journal_club.answering.verification.items import Item
from journal_club.answering.verification.opposites import FINITE, Turn
from journal_club.answering.verification.outcomes import turned_stems
from journal_club.answering.verification.wording import is_alike, is_free, stems
from journal_club.statistics.number_words import SMALL_NUMBERS

__all__ = ["Mispaired", "beside", "misordered", "mispaired"]

_BOUNDARY = re.compile(
    r"[,;]\s|\.\s|[()\[\]]|\b(?:and|but|or|whereas|while|than|versus|vs\.?|compared (?:with|to)|as compared|against|although)\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\)?\s?(?:%|per ?cent)?\s?(?:(?:of [\d,]+ )?[A-Za-z/]{1,12}\s)?"
    r"(?:\([^()]{0,80}\)\s?|\[[^\[\]]{0,80}\]\s?|\)\s?){0,2}"
    r"(?:(?!than\b|and\b|vs\b|versus\b|compared\b|as\b|or\b)[\w/-]{1,20}\s)?"
    r"(?=(?:in|with|for|among|after|during|on|at|of|when|under|receiving|given|taking|(?:assigned|allocated|randomi[sz]ed) to)\b"
    r"|(?:[\w-]+\s){1,2}(?:patients|participants|infants|women|children|groups?|arms?|recipients)\b)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s?(?:%|[A-Za-z]{1,8})?\s?(?:(?:±|\+/-)\s?[\d.]+\s?)?(?:[(\[][^()\[\]]{0,40}[)\]]\s?)?"
    r"(?:,|/|and|or|vs\.?|versus|, and|compared with)\s?[€$£¥]?"
    r"|\s?%?\)\s?(?:versus|vs\.?|and|,)\s\d[\d,]*\s\(\s?",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_LISTED = re.compile(r",\s(?:and\s)?|\sand\s")
_OPENED = re.compile(r"(?P<word>(?:[^\W\d][\w-]* )?[^\W\d][\w-]*)\s?[(\[][^()\[\]]*\Z")
_CLOSED = re.compile(r"[)\]]")
_REACH = 120
_TOKEN = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?(?=[\s-]?(?:mg|g|µg|ml|h|hours?|days?|weeks?|months?|years?)\b)|"
    r"(?<=week )\d+|(?<=day )\d+|(?<=month )\d+|(?<=year )\d+|(?<=[Gg]roup )(?:\d+|[A-Z])\b|(?<=[Gg]roups )(?:\d+|[A-Z])\b"
)
_NUMBERED = re.compile(r"(?<![\w.])(?:\d{1,2}|[A-Z])(?![\w.]*\d)(?!\w)")
_VERB = re.compile(
    r"\s?%?[)\]]?(?:\s\([^()]{0,20}\))?"
    r"(?:\s(?:patients|participants|people|subjects|women|men|children|adults|cases|of (?:these|them|the patients)))?"
    r"\s(?:were|was|had|received|are|discontinued|withdrew|died|completed|dropped|declined|experienced|developed|reported|achieved|reached)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(?:with|in|for|among|after|of|on|during|by|was|were|at|to|from)\b", re.IGNORECASE)
_COMPARATOR = re.compile(r"\b(?:than|versus|vs\.?|compared (?:with|to)|and)\b", re.IGNORECASE)
_DOES = re.compile(
    r"\s(?:completed|finished|withdrew|died|dropped|left|discontinued|stopped|started|began|received|underwent|had|did|took)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(rf",\s|{FINITE.pattern}", re.IGNORECASE)
_SHARED = re.compile(rf"(?:\d[\d,]*|\b(?:{'|'.join(SMALL_NUMBERS)}))\s?\(\s?\Z", re.IGNORECASE)
"""Before a share in brackets its own count tells nothing: what the two are stands around them."""
_CLOSES = re.compile(r"\A\s?%?\s?\)")
_SENTENCE = re.compile(r"[;.]\s")
_NOUN = re.compile(
    r"\s(?!(?:of|in|and|or|vs|versus|to|with|on|for|was|were|had|has)\b)(?:[a-z-]+\s){0,1}[a-z-]{3,}s(?=\s(?:in|from|at|of)\b)"
)
"""What a count counts, right behind it: "27 emergency departments in 5 countries"."""
_BRACKETED = re.compile(r"[(\[][^()\[\]]{0,80}[)\]]")
_MOST = 24
_FAR_MORE = 2
_TOLD = 0.5
"""Least share of a number's known words that another number must have: one word of many is chance."""
_UNITS = frozenset(stems("mg kg g ml day days week weeks month months year years hour hours minute minutes point points mg/day"))
_SIZE = re.compile(r"higher|lower|longer|shorter|larger|smaller|fewer|more|less|greater", re.IGNORECASE)
_COMPARED = re.compile(r"\bthan\b(?! \d)|\b(?:compared (?:with|to)|versus|vs)\b", re.IGNORECASE)
_THAN = re.compile(r"\bthan\b(?! \d)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mispaired:
    """The statement puts `claimed` beside `word`, where the source has `found`."""

    claimed: str
    found: str
    word: str


def mispaired(
    claim: str, claimed: Sequence[Item], source: str, given: Sequence[Item], bound: frozenset[str] = frozenset()
) -> Mispaired | None:
    """The first item of a statement that stands beside the word of another item of the source.

    Args:
        claim: the statement.
        claimed: its items.
        source: the sentence that has them.
        given: its items, of the same kind.
        bound: words that were held to the numbers before, such as the names of arms.
    """
    theirs = {key: words - bound for key, words in beside(source, given[:_MOST]).items()}
    if len(theirs) < 2 or not claimed:
        return None
    if len({one.key for one in claimed}) == 1:
        ours = {claimed[0].key: _words(_without(claim, claimed))}
    else:
        said = beside(claim, claimed[:_MOST])
        shared = frozenset.intersection(*said.values())
        ours = {key: words - shared for key, words in said.items()}
    for key, words in ours.items():
        if theirs.get(key) and (rival := _rival(words, key, theirs)):
            return Mispaired(claimed=_text(claimed, key), found=_text(given, rival[0]), word=rival[1])
    return None


def _rival(words: frozenset[str], key: object, given: Mapping[object, frozenset[str]]) -> tuple[object, str] | None:
    """Another key whose words, and none of this one's that tell the two apart, the statement has beside this key."""
    known = [word for word in words if any(_shared([word], one) for one in given.values())]
    for other, theirs in given.items():
        if other == key:
            continue
        told = [word for word in known if _shared([word], theirs - given[key])]
        own = [word for word in known if _shared([word], given[key] - theirs)]
        if told and len(told) >= _TOLD * len(known) and len(told) > _FAR_MORE * len(own):
            return other, _shared(told, theirs - given[key])
    return None


def misordered(text: str, turned: Sequence[Turn], items: Sequence[Item]) -> Mispaired | None:
    """Whether a statement's own two numbers stand in the other order than its "higher ... than" says."""
    ways = [one for one in turned if one.axis == "quantity"]
    if len(ways) != 1 or len(items) != 2 or not _SIZE.fullmatch(ways[0].text) or ways[0].moot or ways[0].negated:
        return None
    first, second = (one.key for one in items)
    than = _COMPARED.search(text, ways[0].end)
    if (
        than is None
        or items[0].start < ways[0].end
        or items[1].start < than.end()
        or not isinstance(first, Decimal)
        or not isinstance(second, Decimal)
    ):
        return None
    if min(first, second) < 0 or first == second or (first > second) == ways[0].up:
        return None
    return Mispaired(claimed=ways[0].text, found=f"{items[0].text} and {items[1].text}", word="than")


def _without(text: str, items: Iterable[Item]) -> str:
    for item in items:
        text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    return text


def _text(items: Iterable[Item], key: object) -> str:
    return next(one.text for one in items if one.key == key)


def _shared(words: Iterable[str], beside: Iterable[str]) -> str:
    """A word of the first that says one of the second; numbers must be equal."""
    return next((one for one in sorted(words) for other in beside if one == other or (not one[:1].isdigit() and is_alike(one, other))), "")


def beside(text: str, items: Sequence[Item]) -> dict[object, frozenset[str]]:
    """What stands beside each key's items."""
    found: dict[object, frozenset[str]] = {}
    for item, words in _labelled(text, _runs(text, items)):
        found[item.key] = found.get(item.key, frozenset()) | words | _holder(text, item)
    return found


def _holder(text: str, item: Item) -> frozenset[str]:
    """The words before the bracket that an item stands in: the "PBC" of "PBC (RMSSD 49%, HF 123%)"."""
    opened = _OPENED.search(text, max(0, item.start - _REACH), item.start)
    within = _CLOSED.split(text[opened.start("word") :], maxsplit=1)[0] if opened else ""
    return _words(opened["word"]) if opened and not _COMPARATOR.search(within) else frozenset()


def _runs(text: str, items: Sequence[Item]) -> list[list[Item]]:
    """Items with nothing but a comma, an "and" or their spread between them are one list."""
    runs: list[list[Item]] = []
    for item in items:
        if runs and _SEPARATOR.fullmatch(text[runs[-1][-1].end : item.start][:60]):
            runs[-1].append(item)
        else:
            runs.append([item])
    return [part for run in runs for part in _parted(text, run)]


def _parted(text: str, run: Sequence[Item]) -> list[list[Item]]:
    """A last number that has its own verb is no more of the list: "randomized 40, and 34 completed it"."""
    last = run[-1]
    if len(run) > 1 and _DOES.match(text, last.end) and not _RESPECTIVELY.search(text, last.end, last.end + _REACH):
        return [list(run[:-1]), [last]]
    return [list(run)]


def _labelled(text: str, runs: Sequence[Sequence[Item]]) -> Iterable[tuple[Item, frozenset[str]]]:
    names: list[str] = []
    start = 0
    for place, run in enumerate(runs):
        before = text[start : run[0].start]
        after = text[run[-1].end : runs[place + 1][0].start if place + 1 < len(runs) else len(text)]
        start = run[-1].end
        if place and len(run) == len(names) > 1 and not _THAN.search(before) and not _RESPECTIVELY.search(after):
            names = [f"{name} {before}" for name in names]
        elif len(run) > 1:
            names = _names(before, after, len(run)) or _compared(before, len(run)) or [before] * len(run)
        else:
            label, used = _label(before, after)
            names, start = [label], start + used
        yield from ((item, _words(name) or _bare(name)) for item, name in zip(run, names, strict=True))


def _names(before: str, after: str, number: int) -> list[str]:
    """The names of a list that "respectively" ties to the numbers, behind or before them."""
    if not _RESPECTIVELY.search(after):
        return []
    behind = _BRACKETED.sub(" ", _RESPECTIVELY.split(after)[0]).rstrip(" ,")
    for listed in (_LISTED.split(behind), _LISTED.split(before)[-number:]):
        named = [one for one in listed if _words(one) or _bare(one)]
        if len(named) == number and not any("(" in one or "[" in one for one in named):
            return [_tail(named[0]), *named[1:]]
    return []


def _tail(text: str) -> str:
    """The end of a clause, which names the first of a list: what stands before its last preposition belongs to all."""
    last = _PREPOSITION.split(text)[-1]
    return last if _words(last) else text


def _compared(before: str, number: int) -> list[str]:
    """The two sides of "lower with A than with B (1 vs 2)"."""
    if number != 2:
        return []
    cuts = list(_COMPARATOR.finditer(before))
    if not cuts:
        return []
    sides = [_tail(_BOUNDARY.split(before[: cuts[-1].start()])[-1]), before[cuts[-1].end() :]]
    return sides if all(_words(one) for one in sides) and not _CLAUSE.search(sides[1]) else []


def _label(before: str, after: str) -> tuple[str, int]:
    """The text that tells what an item is, and how much of what stands behind the item it is.

    It stands behind the item after a preposition or when nothing stands before it, else before it, or on both sides of "was".
    """
    if shared := _SHARED.search(before):
        before, after = before[: shared.start()], _CLOSES.sub(lambda found: " " * len(found.group()), after, count=1)
    own = next((part for part in reversed(_BOUNDARY.split(_SENTENCE.split(before)[-1])) if _words(part)), "")
    noun = _NOUN.match(after)
    if noun is not None and _words(noun.group()):
        of = _POST.match(after, noun.end())
        told = _BOUNDARY.split(after[of.end() :])[0] if of else ""
        return f"{noun.group()} {told}", (of.end() + len(told)) if of else noun.end()
    behind = _POST.match(after)
    ahead = _BOUNDARY.split(after[behind.end() :])[0] if behind else _BOUNDARY.split(after)[0]
    starts = _BOUNDARY.split(before)[-1]
    first = not _words(starts) and not before.rstrip().endswith(("(", ":", "["))
    if _words(ahead) and (behind or first):
        return ahead, (behind.end() if behind else 0) + len(ahead)
    if verb := _VERB.match(after):
        told = _BOUNDARY.split(after[verb.end() :])[0]
        return f"{own} {verb.group()} {told}", verb.end() + len(told)
    return own, 0


def _bare(text: str) -> frozenset[str]:
    """The numbers or letters by which groups are told apart."""
    return frozenset(_NUMBERED.findall(text))


def _words(text: str) -> frozenset[str]:
    named = frozenset(stem for stem in stems(text) if not is_free(stem)) - turned_stems(text) - _UNITS
    return named | frozenset(_TOKEN.findall(text))
