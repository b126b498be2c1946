"""Internal: what one result owes itself, found within one sentence.

Owns the rules that need no second place: bounds in order, the estimate within and in the middle of its interval, the p-value that the
interval implies, significance as the numbers have it, values that cannot be. Arithmetic is `arithmetic`'s, and so are its sources.
"""

import re
from collections.abc import Callable, Iterator

from journal_club.statistics.arithmetic import Range, exceeds, geometric_middle, implied_p
from journal_club.statistics.consistency.discrepancy import Discrepancy, place_of, place_of_result
from journal_club.statistics.consistency.qualifiers import PLANNED, qualifiers
from journal_club.statistics.consistency.results import Result, Sentence, range_of, results_of
from journal_club.statistics.statistic import RATIOS, Measure, Operator, Statistic

__all__ = ["figure", "implied_by_interval", "internal_discrepancies", "interval_sum", "is_interval", "shown_range"]

_NAMES_INTERVAL = re.compile(r"\b(?:CIs?|CrI|confidence|credible|range[ds]?|IQR|interquartile|limits)\b")
_LEVEL = re.compile(r"\b9\d(?:\.\d)?\s?%")
_BESIDE = re.compile(r"\s?(?:[A-Za-z/%°-]+\s?){0,2}[,;:]?\s?[(\[]?\s?")
_APART = re.compile(r"\b[Pp]\b|\d|\)")
"""Between an estimate and its interval stands no p-value, no other number than the interval's level, and no bracket that closes."""
_WIDEST_GAP = 60
_OFF_CENTRE = 0.25
"""Share of an interval's half width, on the logarithmic scale, by which exact and profile intervals are off their middle at most."""
_WITH_INTERVALS = frozenset({*RATIOS, Measure.DIFFERENCE, Measure.MEDIAN})
_TOLERANCE = 1.35
"""Factor by which the p-value of a log-rank, exact or t test is off the normal approximation's at most, in nine of ten reports."""
_HUNDRED = Range(low=0.0, high=100.0)
_UNIT = Range(low=0.0, high=1.0)
_OF_PEOPLE = re.compile(
    r"\s?(?:%|per ?cent)\)?\s(?:of\s(?:the\s|all\s)?)?(?:\w+\s)?(?:patients|participants|subjects|women|men|children|adults|people)\b",
    re.IGNORECASE,
)
_OF_NO_TEST = ("clinically", "hemodynamically", "haemodynamically", "functionally", "angiographically", "biologically", "medically")
"""How something is significant that no test finds so: "clinically significant bleeding"."""
_NOT_SIGNIFICANT = re.compile(
    r"\b(?:(?:not?|no evidence of (?:an?|any)|without (?:an?|any)?) ?(?:statistically )?significant(?:ly)?"
    rf"|non-?significant(?:ly)?|did not (?:differ|reach)|no (?:(?!{'|'.join(_OF_NO_TEST)}|meaningful|important|relevant)"
    r"\w+ ){0,3}differences?"
    r"|not (?:\w+ly )?(?:different|differ))\b",
    re.IGNORECASE,
)
_SIGNIFICANT = re.compile(
    "".join(f"(?<!{word} )" for word in _OF_NO_TEST) + r"\b(?:(?:statistically )?significantly|statistically significant"
    r"|(?:was|were|is|are|be|remained|became|reached|highly|more) significant|significant(?=\s?[,;.()])"
    r"|significant(?= (?:[\w-]+ ){0,3}?(?:differences?|reductions?|increases?|decreases?|improvements?|benefits?|effects?|changes?"
    r"|advantages?|associations?|interactions?|superiority|lower|higher|longer|shorter|better|worse)\b))\b",
    re.IGNORECASE,
)
"""What is said of a result; "significant bleeding" is an outcome's name."""
_SIGNIFICANCE = re.compile(r"\bsignificant(?:ly)?\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:]|\b(?:but|whereas|while|although|and|however)\b|, (?!with\b)(?=[a-z])")
_ESTIMATE = re.compile(
    r"\((?:(?:[a-z ]{1,25}[,=]? ?)?[−-]?[\d.·]{1,9}|[\d.·]{1,5}%? (?:vs?\.?|versus|and|compared with) [\d.·]{1,5}%?)[;,] ?"
    r"(?:(?:9\d(?:\.\d+)?% ?)?(?:CI|CrI|confidence interval)[:,=]? ?[\[(]?|[Pp] ?[=<>] ?)\Z"
)
"""What a bracket gives before its interval or its p-value, which the words before the bracket are said of."""
_BETWEEN = re.compile(r"\bbetween (?:[\w-]+ ){1,5}?and\b")
_THE_DIFFERENCE = re.compile(
    r"[)\]\s.,;:]*(?:(?:and|but|which|a|this|that|the)\s){0,2}(?:between-group\s)?(?:differences?|results?|effects?|reductions?|improvements?)?"
    r"\s?(?:was|were|is|are)\s",
    re.IGNORECASE,
)
_ONE_SIDED = re.compile(r"\b(?:one|1|single)[- ](?:sided|tailed)\b", re.IGNORECASE)
"""Of such a p-value neither the level nor what its interval implies is the usual one."""
_ALPHA = 0.05
_FIVE_PERCENT = Range(low=_ALPHA, high=_ALPHA)


def internal_discrepancies(sentence: Sentence) -> Iterator[Discrepancy]:
    """What a sentence's own numbers refute, at most one discrepancy a result."""
    found = results_of(sentence)
    for result in found:
        first = next((one for rule in _RULES for one in rule(result)), None)
        if first is not None:
            yield first
    if len(found) == 1 or sum(one.p is not None for one in found) == 1:
        yield from _claimed_significance(sentence, found)


def shown_range(values: Range) -> str:
    """A range of p-values in two figures: "0.00053 to 0.0015"."""
    return f"{figure(values.low)} to {figure(values.high)}"


def _impossible(result: Result) -> Iterator[Discrepancy]:
    text = result.sentence.text
    for one in (result.point, result.p):
        if one is None or one.value is None:
            continue
        limits = _UNIT if one.measure is Measure.P and not one.unit else _HUNDRED if _is_share(one, text) else None
        if limits is not None and not range_of(one).meets(limits):
            what = "A p-value lies between 0 and 1" if one.measure is Measure.P else "A share lies between 0 and 100%"
            place = place_of(result.sentence, one)
            yield Discrepancy(
                kind="impossible_value", refuted=place, places=(place,), explanation=f"{what}; {place.value} does not.", certain=True
            )


def _is_share(statistic: Statistic, text: str) -> bool:
    """Whether it is a share of people: "112% of patients"."""
    return statistic.unit == "%" and statistic.measure is Measure.NONE and _OF_PEOPLE.match(text, statistic.end) is not None


def _crossed(result: Result) -> Iterator[Discrepancy]:
    interval = result.interval
    # "-0.8 to -3.2" is a way of writing.
    if interval is not None and exceeds(*interval) and interval[1].high >= 0 and is_interval(result):
        place = place_of_result(result)
        explanation = f"The lower bound of an interval is above its upper bound: {place.value}."
        yield Discrepancy(kind="interval_order", refuted=place, places=(place,), explanation=explanation, certain=True)


def _outside(result: Result) -> Iterator[Discrepancy]:
    point = result.point
    if point is None or point.value is None or not is_interval(result):
        return
    if _is_outside(range_of(point), result) and (result.ratio or _is_outside(_turned(range_of(point)), result)):
        place = place_of_result(result)
        explanation = f"The {point.label} {point.text} lies outside its own interval: {place.value}."
        yield Discrepancy(kind="estimate_outside_interval", refuted=place, places=(place,), explanation=explanation, certain=True)


def _is_outside(value: Range, result: Result) -> bool:
    bounds = [range_of(one) if one is not None and one.value is not None else None for one in (result.lower, result.upper)]
    if bounds[0] and bounds[1] and exceeds(bounds[0], bounds[1]):
        bounds.reverse()
    lower, upper = bounds
    return bool(lower and exceeds(lower, value)) or bool(upper and exceeds(value, upper))


def _turned(value: Range) -> Range:
    """The value with the other sign: "a reduction of 3.9 days (-5.5 to -2.3)"."""
    return Range(low=-value.high, high=-value.low)


def _off_centre(result: Result) -> Iterator[Discrepancy]:
    interval = result.interval
    if not result.ratio or interval is None or result.point is None or result.point.value is None or not is_interval(result):
        return
    middle = geometric_middle(*interval)
    if middle is None or result.point.value <= 0:
        return
    ratio = interval[1].high / max(interval[0].low, 1e-9)
    slack = ratio ** (_OFF_CENTRE / 2)
    if range_of(result.point).meets(Range(low=middle.low / slack, high=middle.high * slack)):
        return
    place = place_of_result(result)
    yield Discrepancy(
        kind="interval_symmetry", refuted=place, places=(place,), certain=False,
        explanation=f"The {result.point.label} {result.point.text} is far from the middle of its interval on the logarithmic scale.",
        arithmetic=f"the square root of {_text(result.lower)} x {_text(result.upper)} is {figure(middle.low)} to {figure(middle.high)}",
    )  # fmt: skip


def _p_and_interval(result: Result) -> Iterator[Discrepancy]:
    implied = implied_by_interval(result)
    if implied is None or result.p is None or result.p.value is None:
        return
    p, place = range_of(result.p), place_of_result(result)
    crossing = bool(exceeds(p, _FIVE_PERCENT)) != bool(exceeds(implied, _FIVE_PERCENT)) and not p.meets(implied)
    tolerated = p.meets(Range(low=implied.low / _TOLERANCE, high=implied.high * _TOLERANCE))
    if not crossing and tolerated:
        return
    # Some papers say once, in their methods, that all p-values are one-sided.
    halved = Range(low=2 * p.low, high=2 * p.high).meets(implied)
    yield Discrepancy(
        kind="p_and_interval", refuted=place_of(result.sentence, result.p), places=(place,), certain=crossing and not (tolerated or halved),
        explanation=f"The p-value {_with_operator(result.p)} does not agree with the interval beside it.",
        arithmetic=interval_sum(result, implied),
    )  # fmt: skip


def implied_by_interval(result: Result) -> Range | None:
    """The two-sided p-values that the interval of a comparison implies; None without one, or where the p-value beside it is one-sided."""
    interval, point = result.interval, result.point
    if interval is None or point is None or point.value is None or not result.compares or not is_interval(result):
        return None
    if point.operator is not Operator.EQUAL or _ONE_SIDED.search(result.sentence.text):
        return None
    return implied_p(range_of(point), *interval, level=result.level, ratio=result.ratio)


def interval_sum(result: Result, implied: Range) -> str:
    """The sum that leads from an interval to its p-values, as it is shown."""
    point = result.point
    name = point.measure if point else ""
    return f"{name} {_text(point)} ({result.level:g}% CI {_text(result.lower)} to {_text(result.upper)}) implies p = {shown_range(implied)}"


def _claimed_significance(sentence: Sentence, found: tuple[Result, ...]) -> Iterator[Discrepancy]:
    """Significance in words against the one p-value, or the one interval, of its clause."""
    if PLANNED in qualifiers(sentence.text) or _ONE_SIDED.search(sentence.text) or len(_SIGNIFICANCE.findall(sentence.text)) > 1:
        return
    tested = next((one for one in found if one.p is not None or (one.compares and one.interval is not None)), None)
    if tested is None or sum(one.compares and one.interval is not None for one in found) > 1:
        return
    denied, claimed = _NOT_SIGNIFICANT.search(sentence.text), _SIGNIFICANT.search(sentence.text)
    word = denied or claimed
    numbers = [one.start for one in (tested.point if tested.compares else None, tested.lower, tested.p) if one is not None]
    if word is None or not _is_said_of(sentence.text, word, min(numbers), tested.extent[1]):
        return
    shown = _shown_significance(tested)
    if shown is None or shown == (denied is None):
        return
    place = place_of_result(tested)
    is_it = "is" if shown else "is not"
    yield Discrepancy(
        kind="significance", refuted=place, places=(place,), certain=shown is False,
        explanation=f"The words say “{word.group()}”, and by its numbers the result {is_it} significant at 5%: {place.value}.",
    )  # fmt: skip


def _shown_significance(result: Result) -> bool | None:
    """Whether the numbers are significant at 5 %; None where they leave it open."""
    if result.p is not None and result.p.value is not None:
        p = range_of(result.p)
        return True if p.high < _ALPHA else False if p.low > _ALPHA else None
    implied = implied_by_interval(result)
    return None if implied is None else True if implied.high < _ALPHA else False if implied.low > _ALPHA else None


def _is_said_of(text: str, word: re.Match[str], start: int, end: int) -> bool:
    """Whether a word of significance is said of the numbers there: before them in their clause, or behind them of "the difference"."""
    if word.start() < start:
        return _CLAUSE.search(_BETWEEN.sub(" ", _ESTIMATE.sub("", text[word.end() : start]))) is None
    return _THE_DIFFERENCE.fullmatch(text, end, word.start()) is not None


def is_interval(result: Result) -> bool:
    """Whether the bounds stand beside their estimate as an interval does, and on its scale."""
    point, first = result.point, result.lower or result.upper
    if point is None or first is None or {point.measure, first.measure} & {Measure.COUNT, Measure.TOTAL}:
        return False
    between = _LEVEL.sub("", result.sentence.text[point.end : first.start])
    if len(between) > _WIDEST_GAP or _APART.search(between) or point.start > first.start:
        return False
    if not _NAMES_INTERVAL.search(between) and not (point.measure in _WITH_INTERVALS and _BESIDE.fullmatch(between)):
        return False
    return not (point.unit and first.unit and point.unit != first.unit)


def _with_operator(statistic: Statistic) -> str:
    return f"{statistic.operator.value} {statistic.text}"


def _text(statistic: Statistic | None) -> str:
    return "" if statistic is None else statistic.text


def figure(value: float) -> str:
    """A value in two figures, as sums show it."""
    return f"{value:.2g}" if value >= 1e-4 else "less than 0.0001"


_RULES: tuple[Callable[[Result], Iterator[Discrepancy]], ...] = (_impossible, _crossed, _outside, _p_and_interval, _off_centre)
