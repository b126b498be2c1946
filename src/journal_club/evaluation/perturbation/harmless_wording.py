"""Harmless wording: the same statement in another order, in another voice, less a stop word, or a part of it.

Owns these controls. Each gives a sentence that is true wherever the first one is, or nothing where the sentence does not lend itself.
"""

import re
from random import Random

from journal_club.evaluation.perturbation.sample import Sample

__all__ = ["in_other_voice", "part_only", "reordered", "stop_word_dropped", "unchanged"]

_LEAD = re.compile(
    r"\A(?P<lead>(?:In|At|After|During|Among|Compared with|Compared to|Within|From|By|Over|Following|On|Before) [^,;:()]{4,70}), "
    r"(?P<rest>(?!(?:and|but|with|or|which|while)\b)[a-z0-9][^;:]{25,300})\.\Z"
)
_TWO = re.compile(
    r"\A(?P<one>[A-Z][^;:]{25,200}?)(?P<joint>, whereas |, while | whereas |; )"
    r"(?P<other>(?!(?:however|therefore|thus|and|but|this|these|it|they|which)\b)[^;:]{25,200})\.\Z"
)
_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|did|showed|received|[a-z]{3,}ed)\b")
_TIED = re.compile(r"\b(?:respectively|it|its|they|their|this|these|those|former|latter|both|which|that)\b", re.IGNORECASE)
_LOST = re.compile(
    r"\b(?:not|no|non|only|except|if|unless|but|although|however|may|might|could|neither|nor|without|subgroup)\b", re.IGNORECASE
)
_BRACKETED = re.compile(r" \([^()]{3,120}\)(?!\w)")
_CUT = re.compile(r"(?:; |, whereas |, while |, and (?=(?:the|in|a|there|mean|median|patients)\b))")
_STOP = re.compile(r"(?<=\s)(?:the|a|an|that|also|very) (?=[a-z])")
_ACTIVE = re.compile(
    r"\A(?P<who>[A-Z][\w -]{3,60}?) (?:(?P<how>significantly) )?"
    r"(?P<verb>reduced|improved|increased|decreased|lowered|prevented|delayed|attenuated) "
    r"(?P<what>(?:the )?(?!significantly|over|in|by|at|with|from|after|to|more|and)[a-z][\w -]{3,80}?)"
    r"(?P<rest>(?: compared (?:with|to) [^,;()]{3,60}| \([^()]{3,80}\))?)\.\Z"
)
_CLAUSE = re.compile(r"\b(?:is|are|was|were|did|does|has|have|had|compared)\b")
"""In what is turned round: it was more than a noun phrase."""
_PLURAL = re.compile(r"(?:[^s]s|rates|scores|levels)\Z")
_WE = re.compile(
    r"\AWe (?:(?P<how>randomly) )?"
    r"(?P<verb>assigned|randomized|randomised|enrolled|recruited|allocated|included|studied|analyzed|analysed|"
    r"evaluated|assessed|compared|screened) "
    r"(?P<what>[\w -]{3,80}?)(?P<rest> (?:to|with|in|from|at|who|and|between)\b.{3,200})?\.\Z"
)
_PASSIVE = re.compile(
    r"\A(?P<what>[A-Z][\w -]{3,60}?) (?:was|were) (?P<how>randomly |)"
    r"(?P<verb>assigned|randomized|randomised|allocated|enrolled|recruited|assessed|measured|evaluated|recorded) "
    r"(?P<rest>(?!and\b|or\b)[^;:]{3,250})\.\Z"
)


def unchanged(sample: Sample, _random: Random) -> str | None:
    """The sentence itself."""
    return sample.statement


def reordered(sample: Sample, _random: Random) -> str | None:
    """The introduction at the end, or the two halves of a contrast the other way round."""
    text = sample.statement
    if (lead := _LEAD.match(text)) and not _TIED.search(lead["rest"]) and ", " not in lead["rest"]:
        return f"{_capital(lead['rest'])} {_small(lead['lead'])}."
    two = _TWO.match(text)
    if two is None or any(not _VERB.search(two[part]) or _TIED.search(two[part]) for part in ("one", "other")):
        return None
    return f"{_capital(two['other'])}{two['joint']}{_small(two['one'])}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """Without its capital, unless that is a name's."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:].islower() or len(first) == 1 else text


def in_other_voice(sample: Sample, _random: Random) -> str | None:
    """Active becomes passive, and passive active."""
    text = sample.statement
    if (found := _ACTIVE.match(text)) and not _CLAUSE.search(f"{found['who']} {found['what']}"):
        how = f"{found['how']} " if found["how"] else ""
        verb = "were" if _PLURAL.search(found["what"]) else "was"
        return f"{_capital(found['what'])} {verb} {how}{found['verb']} by {_small(found['who'])}{found['rest']}."
    if (found := _WE.match(text)) and not _CLAUSE.search(found["what"]):
        how = f"{found['how']} " if found["how"] else ""
        return f"{_capital(found['what'])} were {how}{found['verb']}{found['rest'] or ''}."
    if (found := _PASSIVE.match(text)) and not _LOST.search(text):
        return f"The investigators {found['how']}{found['verb']} {_small(found['what'])} {found['rest']}."
    return None


def stop_word_dropped(sample: Sample, random: Random) -> str | None:
    """One "the", "a", "that" or "also" less."""
    found = list(_STOP.finditer(sample.statement))
    if not found:
        return None
    one = random.choice(found)
    return sample.statement[: one.start()] + sample.statement[one.end() :]


def part_only(sample: Sample, random: Random) -> str | None:
    """Without a bracket, or only what stands before "whereas", "while", "and" or a semicolon; no condition or denial is lost."""
    parts = [part for part in (_without_bracket(sample.statement, random), _first_half(sample.statement)) if part]
    return random.choice(parts) if parts else None


def _without_bracket(text: str, random: Random) -> str | None:
    found = [one for one in _BRACKETED.finditer(text) if not _LOST.search(one.group())]
    if not found:
        return None
    one = random.choice(found)
    return text[: one.start()] + text[one.end() :]


def _first_half(text: str) -> str | None:
    cut = _CUT.search(text)
    if cut is None or _LOST.search(text[cut.start() :]) or "respectively" in text or not _VERB.search(text[: cut.start()]):
        return None
    half = text[: cut.start()]
    return f"{half}." if half.count("(") == half.count(")") and len(half) > 40 else None
