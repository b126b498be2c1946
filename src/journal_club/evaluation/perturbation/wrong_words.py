"""Wrong words: the arm, the direction, the significance, the outcome, the polarity or the design of a sentence changed.

Owns these mutations and their own tables of words. Each gives the changed sentence, or nothing where the sentence has nothing to change or
the result could still be true.
"""

import re
from collections.abc import Mapping
from random import Random

from journal_club.evaluation.perturbation.digits import digits
from journal_club.evaluation.perturbation.sample import Sample
from journal_club.evaluation.perturbation.wrong_numbers import is_estimate

__all__ = ["arms_swapped", "design_exchanged", "direction_flipped", "endpoint_exchanged", "negation_inserted", "significance_flipped"]

_GROUP = re.compile(r"(?<![\w-])(?P<name>(?:[\w-]{1,24}[ -]){0,2}[\w-]{2,24})[ -](?:group|arm)s?\b", re.IGNORECASE)
_PLACEBO = re.compile(
    r"(?<![\w-])(?P<name>(?!to\b|and\b|with\b|that\b)[A-Za-z][\w-]{3,24})"
    r" (?:versus|vs\.?|or|and) (?:matching )?placebo\b",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"\b(?:the|a|an|in|of|to|for|with|and|or|than|from|each|both|two|three|four|all|other|this|that|were|was|study|treatment|per|between|"
    r"among|either|by|age|parallel|randomi[sz]ed|same|any|no|different|patients|one|within|across|these|into|for|respective|trial|versus|vs)\b",
    re.IGNORECASE,
)
_UP_DOWN = (
    ("increased", "decreased"), ("increase", "decrease"), ("increases", "decreases"), ("higher", "lower"), ("greater", "smaller"),
    ("more", "less"), ("improved", "worsened"), ("improvement", "deterioration"), ("improvements", "deteriorations"),
    ("improves", "worsens"),
    ("reduced", "increased"), ("reduces", "increases"), ("reduction", "increase"), ("reductions", "increases"), ("longer", "shorter"),
    ("better", "worse"), ("superior", "inferior"), ("fewer", "more"), ("larger", "smaller"), ("rose", "fell"), ("declined", "rose"),
    ("decline", "rise"), ("lowered", "raised"), ("faster", "slower"), ("benefit", "harm"),
)  # fmt: skip
_TURNED: Mapping[str, str] = {**{down: up for up, down in reversed(_UP_DOWN)}, **dict(_UP_DOWN)}
_DIRECTION = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(_TURNED, key=len, reverse=True))})(?![\w-])")
_NO_DIRECTION = re.compile(
    r"\A\s(?:limbs?|back|extremit\w+|abdom\w+|urinary|respiratory|bound|limit|quartile|education|than \d|than (?:one|two|three|half)|"
    r"(?:detail|information|recent|common|research|studies|stud|severe|likely)\w*|leg|third|or less|or more|lip|uterine|g[ai]\w+)\b|\Aor\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:no|not|nor|neither|never|without|cannot|non|fail\w*|lack\w*|un\w+ed|absence|neither|similar|comparable|whether|if|n't)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:than|compared|versus|vs|whereas|while|over)\b", re.IGNORECASE)
_NOT_FOUND = re.compile(r"\b(?:clinically|statistical|level|criteri\w+|set at|considered|defined|threshold|cut-?off)\b", re.IGNORECASE)
_NEGATED_LATER = re.compile(r"\b(?:not|no|none|nor|neither) (?:\w+ ){1,4}significan", re.IGNORECASE)
_SIGNIFICANCE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"\bno (?:statistically )?significant\b", "a significant"),
        (r"\bnot (?:statistically )?significant", "significant"),
        (r"\b(?:did not|didn't) (?:statistically )?significantly (?=[a-z])", "did significantly "),
        (r"\b(was|were|is|are) (?:statistically )?significant", r"\1 not significant"),
        (r"\b(a|A) (?:statistically )?significant\b", "no significant"),
        (r"\bsignificantly\b", "non-significantly"),
        (r"\bsignificant\b", "non-significant"),
        (r"\bnon-?significant", "significant"),
    )
)
_OUTCOMES = (
    "overall survival|progression-free survival|disease-free survival|mortality|relapse|recurrence|toxicity",
    "systolic blood pressure|diastolic blood pressure|heart rate|body weight|body mass index|waist circumference",
    "LDL cholesterol|HDL cholesterol|triglycerides|HbA1c|fasting glucose|insulin sensitivity|LDL-C|HDL-C|total cholesterol",
    "pain|fatigue|nausea|vomiting|headache|dizziness|constipation|insomnia|diarrhea|diarrhoea|fever|cough|rash",
    "depression|anxiety|quality of life|stress|sleep quality|self-efficacy|cognitive function|physical activity|adherence",
    "length of stay|hospital stay|operative time|blood loss|hospitalization|hospitalisation|infection|bleeding|pneumonia|sepsis",
    "birth weight|preterm birth|cesarean section|caesarean section|pregnancy rate|live birth rate|miscarriage|gestational age",
    "FEV1|exacerbations|peak flow|lung function|oxygen saturation",
    "bone mineral density|fracture|falls|muscle strength|grip strength|walking speed|range of motion|disability",
    "stroke|myocardial infarction|heart failure|cardiovascular death|angina|revascularization",
)  # fmt: skip
_AUXILIARY = re.compile(r"\b(?:was|were|is|are|did|had|can|could|will|may)\b(?! (?:not|no|only|found to|to\b))")
_DESIGNS: tuple[tuple[str, str], ...] = (
    ("double-blind", "open-label"), ("double blind", "open-label"), ("open-label", "double-blind"), ("open label", "double-blind"),
    ("single-blind", "double-blind"), ("single blind", "double-blind"), ("placebo-controlled", "uncontrolled"),
    ("randomized controlled", "non-randomized controlled"), ("randomised controlled", "non-randomised controlled"),
    ("parallel-group", "crossover"), ("crossover", "parallel-group"), ("cross-over", "parallel-group"),
    ("multicenter", "single-center"), ("multicentre", "single-centre"), ("multi-center", "single-center"), ("single-center", "multicenter"),
    ("prospective", "retrospective"), ("intention-to-treat", "per-protocol"), ("intent-to-treat", "per-protocol"),
    ("per-protocol", "intention-to-treat"), ("non-inferiority", "superiority"), ("noninferiority", "superiority"),
    ("cluster randomised", "individually randomised"), ("cluster randomized", "individually randomized"), ("double-masked", "open-label"),
    ("double-blind", "single-blind"), ("double blind", "single-blind"), ("prospective", "cross-sectional"), ("parallel-group", "factorial"),
    ("randomized controlled", "observational"), ("randomised controlled", "observational"), ("non-inferiority", "equivalence"),
    ("noninferiority", "equivalence"), ("intention-to-treat", "as-treated"), ("intent-to-treat", "as-treated"),
    ("multicenter", "two-center"), ("multicentre", "two-centre"),
)  # fmt: skip


def arms_swapped(sample: Sample, _random: Random) -> str | None:
    """The names of two groups change places, in a sentence that does not treat them alike."""
    text = sample.statement
    names = _arms(text)
    if len(names) != 2 or _NEGATED.search(text) or not _is_uneven(text):
        return None
    one, other = names
    return _exchanged(text, one, other)


def _arms(text: str) -> list[str]:
    found = [_bare(match["name"]) for match in _GROUP.finditer(text)]
    if (placebo := _PLACEBO.search(text)) and not _DIRECTION.search(placebo["name"]):
        found += [_bare(placebo["name"]), "placebo"]
    names = list(dict.fromkeys(name for name in found if name))
    return [name for name in names if not any(name != other and _words(other) > _words(name) for other in names)]


def _words(name: str) -> frozenset[str]:
    return frozenset(name.casefold().split())


def _bare(name: str) -> str:
    kept = _NOT_A_NAME.split(name)[-1].strip(" -")
    return kept if not kept.isdigit() else ""


def _is_uneven(text: str) -> bool:
    """Whether the groups have different numbers, or one has more than the other."""
    estimates = [one.value for one in digits(text) if is_estimate(text, one)]
    directed = _DIRECTION.search(text) is not None and _COMPARES.search(text) is not None
    return directed or (len(estimates) > 1 and len(estimates) == len(set(estimates)))


def _exchanged(text: str, one: str, other: str) -> str | None:
    pattern = re.compile(rf"(?<![\w-])(?:(?P<one>{re.escape(one)})|(?P<other>{re.escape(other)}))(?![\w-])")
    found = list(pattern.finditer(text))
    if {match.lastgroup for match in found} != {"one", "other"}:
        return None
    return pattern.sub(lambda match: other if match["one"] else one, text)


def direction_flipped(sample: Sample, random: Random) -> str | None:
    """A word of direction becomes its opposite, in a sentence without a negation."""
    text = sample.statement
    if _NEGATED.search(text):
        return None
    found = [one for one in _DIRECTION.finditer(text) if not _NO_DIRECTION.search(text[one.end() :])]
    if not found:
        return None
    one = random.choice(found)
    return text[: one.start()] + _TURNED[one.group()] + text[one.end() :]


def significance_flipped(sample: Sample, _random: Random) -> str | None:
    """What is called significant is called not significant, and the other way round."""
    text = sample.statement
    if _NOT_FOUND.search(text) or _NEGATED_LATER.search(text) or len(re.findall("significan", text)) != 1:
        return None
    for pattern, other in _SIGNIFICANCE:
        if pattern.search(text):
            return pattern.sub(other, text, count=1)
    return None


def endpoint_exchanged(sample: Sample, random: Random) -> str | None:
    """An outcome becomes another of its field; one that stands nowhere else in the passage, or beside numbers that are not its own."""
    text = sample.statement
    for row in random.sample(_OUTCOMES, len(_OUTCOMES)):
        names = row.split("|")
        named = [name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE)]
        if len(named) != 1:
            continue
        near = [name for name in names if name != named[0] and name.casefold() in sample.window.casefold()]
        far = [name for name in names if name not in near and name != named[0] and not _is_kin(name, named[0])]
        choice = near if near and len(digits(text)) > 1 and not _NEGATED.search(text) else far
        return _put(text, named[0], random.choice(choice)) if choice else None
    return None


def _is_kin(one: str, other: str) -> bool:
    return not frozenset(one.casefold().split()).isdisjoint(other.casefold().split()) or one[:7].casefold() == other[:7].casefold()


def _put(text: str, one: str, other: str) -> str:
    return re.sub(rf"(?<![\w-]){re.escape(one)}(?![\w-])", lambda found: _like(other, found.group()), text, flags=re.IGNORECASE)


def _like(other: str, found: str) -> str:
    return other[:1].upper() + other[1:] if found[:1].isupper() and found[1:].islower() else other


def negation_inserted(sample: Sample, random: Random) -> str | None:
    """A "not" behind one of the verbs of a sentence that has none."""
    text = sample.statement
    if _NEGATED.search(text):
        return None
    found = list(_AUXILIARY.finditer(text))
    if not found:
        return None
    one = random.choice(found)
    return f"{text[: one.end()]} not{text[one.end() :]}"


def design_exchanged(sample: Sample, random: Random) -> str | None:
    """A word of the design becomes another of its kind that the passage does not have."""
    text, folded = sample.statement, sample.window.casefold()
    found = [(one, other) for one, other in _DESIGNS if re.search(rf"(?<![\w-]){one}(?![\w-])", text, re.IGNORECASE)]
    found = [(one, other) for one, other in found if other not in folded and f"non-{one}" not in folded]
    if not found:
        return None
    one, other = random.choice(found)
    return _put(text, one, other)
