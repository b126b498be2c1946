"""Harmless forms: the same numbers written in another way, converted or rounded.

Owns these controls. Each gives the sentence in another form that says the same, or nothing where it has none.
"""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from journal_club.evaluation.perturbation.digits import digits, replaced, values, written
from journal_club.evaluation.perturbation.sample import Sample
from journal_club.evaluation.perturbation.wrong_numbers import INTERVAL, is_estimate

__all__ = ["converted", "reformatted", "rounded"]

_P_EQUALS = re.compile(r"\b[pP]\s?(?P<sign>[=<>])\s?0?(?P<value>[.·]\d+)")
_THOUSANDS = re.compile(r"(?<![\w.·,/-])(?!19\d\d|20\d\d)\d{4}(?![\w.,-])(?!\))")
_GROUPED = re.compile(r"(?<![\w.·,])(\d{1,3}),(\d{3})(?![\w.,])")
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_DASH = re.compile(r"(?<=\d)-(?=\d)")
_SIGNS = re.compile(r"(?<=\w) ?([=<>]) ?(?=[\d.])")
_EXACT = (
    (re.compile(r"\b(12|24|36|48|60) months\b"), 12, "year"),
    (re.compile(r"(?<![\d.])([2-9]|1[0-2]) weeks\b"), Decimal(1) / 7, "day"),
    (re.compile(r"(?<![\d.])([1-5]) years\b"), Decimal(1) / 12, "month"),
    (re.compile(r"\b(24|48|72|96) hours\b"), 24, "day"),
    (re.compile(r"\b(14|21|28|56) days\b"), 7, "week"),
    (re.compile(r"\b(60|90|120|180) min(?:utes)?\b"), 60, "hour"),
)
_COUNTED = re.compile(
    r"(?<!\.)(?<!Day )(?<!days )(?<!weeks )(?<!% \()(?<!%; )(?<!%, )\b(?P<n>\d{1,4})(?:/| of | of the | out of )(?P<of>\d{2,5})"
    r"(?P<noun> (?:patients|participants|subjects|women|children))?(?P<share> \(\d{1,2}(?:\.\d{1,2})? ?%\))?"
)
_SMALLEST_ROUNDED = 10
_SHARED_UNIT = re.compile(r"(?:-|–|/|±|\+/-\s|±\s|\b(?:and|or|to|versus|vs\.?|[\d.]+|the|a|an)\s|,\s)\Z")
"""What stands before the last number of a list or range, whose unit is the whole list's, and before "the 12 months"."""
_NUMBER_NEXT = re.compile(r"(?:'|’)|\W{1,3}\d|\s(?:old|of age)\b")
_SHARE_NEXT = re.compile(r"[^%]{0,60}%|\W{1,3}\d|\s?(?:mcg|mg|µg|μg|g|ml|IU)\b")


def reformatted(sample: Sample, random: Random) -> str | None:
    """Middle dots, en dashes, `p=.001`, thousands commas, "a to b", spaces round signs: one to three of them."""
    chosen = random.sample(_FORMS, len(_FORMS))
    text, changes = sample.statement, 0
    for form in chosen:
        other = form(text)
        changes += other != text
        text = other
        if changes == 2:
            break
    return text if changes else None


def _middle_dots(text: str) -> str:
    return _DECIMAL.sub("·", text)


def _en_dashes(text: str) -> str:
    return _DASH.sub("–", text)


def _bare_p(text: str) -> str:
    return _P_EQUALS.sub(r"p\g<sign>\g<value>", text)


def _thousands(text: str) -> str:
    return _GROUPED.sub(r"\1\2", text) if _GROUPED.search(text) else _THOUSANDS.sub(lambda found: f"{int(found.group()):,}", text)


def _words_between(text: str) -> str:
    return INTERVAL.sub(lambda one: f"{one['head']}{one['low']} to {one['high']}", text)


def _spaced(text: str) -> str:
    return _SIGNS.sub(r" \1 ", text)


_FORMS: tuple[Callable[[str], str], ...] = (_middle_dots, _en_dashes, _bare_p, _thousands, _words_between, _spaced)


def converted(sample: Sample, random: Random) -> str | None:
    """Months as years and the like where that is exact, or "n of N" as its percentage."""
    found = [other for make in (_other_unit, _as_share) if (other := make(sample.statement, random))]
    return random.choice(found) if found else None


def _other_unit(text: str, random: Random) -> str | None:
    found = [(match, per, unit) for pattern, per, unit in _EXACT for match in pattern.finditer(text)]
    found = [one for one in found if not _SHARED_UNIT.search(text[: one[0].start()]) and not _NUMBER_NEXT.match(text, one[0].end())]
    if not found:
        return None
    match, per, unit = random.choice(found)
    value = Decimal(match[1]) / per
    whole = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    number = f"{whole:f}".removesuffix(".0")
    return text[: match.start()] + f"{number} {unit}{'' if whole == 1 else 's'}" + text[match.end() :]


def _as_share(text: str, _random: Random) -> str | None:
    found = _COUNTED.search(text)
    if found is None or int(found["n"]) >= int(found["of"]) or _SHARE_NEXT.match(text, found.end()):
        return None
    share = found["share"].strip(" ()") if found["share"] else f"{written(100 * Decimal(found['n']) / Decimal(found['of']), 1)}%"
    noun = f" of{found['noun']}" if found["noun"] else ""
    return text[: found.start()] + share + noun + text[found.end() :]


def rounded(sample: Sample, random: Random) -> str | None:
    """An estimate of 10 or more with decimals loses them, now and then with "about"."""
    text = sample.statement
    found = [
        one
        for one in digits(text)
        if one.decimals and one.value >= _SMALLEST_ROUNDED and is_estimate(text, one) and not _is_spread(text, one.start)
    ]
    if not found:
        return None
    one = random.choice(found)
    about = "about " if random.random() < 0.5 and text[: one.start][-1:] == " " else ""
    other = written(one.value, 0)
    return None if Decimal(other) in values(sample.statement) else replaced(text, one, about + other)


def _is_spread(text: str, start: int) -> bool:
    """Whether a number is what stands behind "±", in a bracketed spread or in a version: those keep their precision."""
    near = text[max(0, start - 40) : start]
    return re.search(r"(?:±|\+/-|SD|SE|IQR|range|version|\d)[\s(\[,:±-]{0,4}\Z|[(\[][^()]{0,30}\d to \Z", near) is not None
