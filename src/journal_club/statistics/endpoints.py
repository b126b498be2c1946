"""Endpoints: the outcomes that a sentence names, each under one canonical name.

Owns a table of endpoints that trials of many fields share. An outcome that is not in the table is not bound; what the paper alone calls
by a name is the caller's to equate before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["COMPOSITE", "Endpoint", "endpoints"]

COMPOSITE = "composite outcome"

_TABLE = {
    "overall survival": (
        r"overall survival|\bOS\b|all-cause mortality|all-cause death|death from any cause|deaths? from any causes?|"
        r"(?<!related )(?<!-specific )(?<!treatment )\b(?:risk|hazard(?: ratio)?|rate|odds) (?:of|for) (?:death|dying|mortality)(?!\s+"
        r"(?:or|and|from|due|related))|overall mortality|(?<!free )(?<!specific )\bsurvival(?= (?:benefit|advantage|gain|improvement))"
        ),
    "progression-free survival": (
        r"progression[- ]free(?: survival|(?=,? (?:and|or) overall survival))|\bPFS\b|progression or death|"
        r"progression and death|disease progression or death"
        ),
    "disease-free survival": r"disease[- ]free survival|\bDFS\b",
    "event-free survival": r"event[- ]free survival|\bEFS\b",
    "relapse-free survival": r"(?:relapse|recurrence)[- ]free survival|\bRFS\b",
    "metastasis-free survival": r"metastasis[- ]free survival|\bMFS\b",
    "duration of response": r"duration of response|\bDO?R\b|response duration",
    "time to progression": r"time to (?:disease )?progression|\bTTP\b",
    "complete response": r"complete (?:response|remission)s?(?: rates?)?|\bCR\b",
    "objective response": r"(?:objective|overall) (?:response|remission)s?(?: rates?)?|\bORR\b",
    "symptom worsening": r"symptom worsening|worsening of symptoms|symptoms? (?:had )?worsened",
    "treatment-related death": (
        r"(?:treatment|drug|therapy|procedure)[- ]related (?:deaths?|mortality)|deaths? (?:related to|"
        r"due to) (?:treatment|therapy)"
        ),
    "cardiovascular death": r"cardiovascular (?:death|mortality)s?|death from cardiovascular causes|cardiac death",
    "myocardial infarction": r"myocardial infarctions?|\bMI\b",
    "stroke": r"\bstrokes?\b",
    "major bleeding": r"major bleeding|major ha?emorrhage",
    "hospitalization": (
        r"hospitali[sz]ations? for heart failure|heart failure hospitali[sz]ations?|hospitali[sz]ations?|"
        r"hospital admissions?|heart failure admissions?|hospital stays? for"
        ),
    COMPOSITE: r"\bcomposite(?: (?:primary )?(?:outcome|end[- ]?point|result|event))?s?\b(?! of\b)",
    "adverse events": (
        r"(?:serious |treatment-emergent |treatment-related )?adverse (?:events?|reactions?|effects?)|\bSAEs?\b|\bAEs?\b|"
        r"\bTEAEs?\b"
        ),
    "discontinuation": r"discontinu\w+|withdrawals?|drop-?outs?",
    "quality of life": r"(?:health-related )?quality of life|\bHR?QO?L\b",
    "follow-up": r"follow[- ]?up",
    "age": r"\bage[ds]?\b|\byears? old\b",
    "systolic blood pressure": r"systolic (?:blood pressure|BP)|\bSBP\b",
    "diastolic blood pressure": r"diastolic (?:blood pressure|BP)|\bDBP\b",
    "body mass index": r"body mass index|\bBMI\b",
    "HbA1c": r"\bHbA1c\b|glycated ha?emoglobin",
    "length of stay": r"length of (?:hospital )?stay|hospital stay(?! for)",
}  # fmt: skip
_NAMES = tuple(_TABLE)
_ENDPOINT = re.compile("|".join(f"(?P<e{number}>{pattern})" for number, pattern in enumerate(_TABLE.values())), re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_STARTS = frozenset(
    """
    ove os all dea ris haz rat odd sur pro pfs dis dfs eve efs rel rec rfs met mfs dur dor dr res tim ttp com cr obj orr sym wor tre dru
    the car myo mi str maj hos hea ser adv sae ae aes tea wit dro qua hrq hqo hro hql hrql fol age yea sys sbp dia dbp bod bmi hba gly len
    """.split()  # noqa: SIM905
)
"""The first three letters of all that the table holds: most words are passed over without a look at it."""
_SHORT = 4
_EVENTS = frozenset(
    {
        "overall survival",
        "cardiovascular death",
        "treatment-related death",
        "myocardial infarction",
        "stroke",
        "major bleeding",
        "hospitalization",
    }
)
_REACH = 160
_EVENT = (
    r"(?:deaths?|mortality|infarctions?|strokes?|bleeding|hospitali[sz]ations?|heart failure|revasculari[sz]ations?|transplantations?|"
    r"dialysis|amputations?|embolisms?|thrombosis|cardiac arrest|intubation|mechanical ventilation|hospital (?:stays?|admissions?))"
)
_EVENT_WORD = re.compile(
    r"\b(?:deaths?|mortality|infarctions?|strokes?|bleeding|hospitali[sz]ations?|revasculari[sz]ations?|transplantations?|dialysis|"
    r"amputations?|embolisms?|thrombosis|arrest|intubation|ventilation|hospital (?:stays?|admissions?))\b",
    re.IGNORECASE,
)
_OF_EVENT = r"(?:\s(?:from|for|due to|of|by)\s(?:[\w-]+\s?){1,3}?)?"
_LIST = re.compile(
    rf"(?:[\w-]+\s){{0,2}}?{_EVENT}{_OF_EVENT}(?:,\s(?:[\w-]+\s){{0,2}}?{_EVENT}{_OF_EVENT}){{0,4}},?\s(?:and/)?or\s"
    rf"(?:[\w-]+\s){{0,4}}?{_EVENT}(?:\s(?:hospitali[sz]ations?|admissions?)|\sfor\sheart\sfailure)?\b",
    re.IGNORECASE,
)
"""A list of events that ends in "or": "death from cardiovascular causes, myocardial infarction, or stroke"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """One mention of an endpoint: `text[start:end]` names `name`."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def endpoints(text: str) -> tuple[Endpoint, ...]:
    """The endpoints that a text names, in order of place. Abbreviations count in capitals only ("OS", not "os")."""
    named = [
        Endpoint(name=_NAMES[int((found.lastgroup or "e0")[1:])], start=found.start(), end=found.end())
        for found in _found(text)
        if len(found.group()) > _SHORT or not found.group().islower() or found.group().startswith("age")
    ]
    return tuple(_composed(text, named)) if any(one.name in _EVENTS for one in named) and " or " in text else tuple(named)


def _composed(text: str, named: Sequence[Endpoint]) -> Iterator[Endpoint]:
    """The endpoints, where "A or B" is one of its own: what is true of either together is true of neither alone."""
    end = 0
    for one in named:
        if one.start < end:
            continue
        parts = _parts(text, one) if one.name in _EVENTS else None
        if parts is None:
            yield one
            continue
        end = parts.end()
        events = dict.fromkeys(_event(word) for word in _EVENT_WORD.findall(parts.group()))
        name = f"composite of {', '.join(sorted(events))}" if len(events) > 1 else one.name
        yield Endpoint(name=name, start=min(one.start, parts.start()), end=max(one.end, end))


def _parts(text: str, one: Endpoint) -> re.Match[str] | None:
    """The list of events, joined by "or", that an endpoint stands in; None where it stands alone."""
    start = max(0, one.start - _REACH)
    lists = (found for found in _LIST.finditer(text, start, one.end + _REACH) if found.start() <= one.start < found.end())
    return next(lists, None)


def _event(word: str) -> str:
    word = word.lower().replace("sation", "zation")
    if word.startswith("hospital "):
        return "hospitalization"
    return "death" if word in ("mortality", "dying") else word.removesuffix("s")


def _found(text: str) -> Iterator[re.Match[str]]:
    lower = text.lower()
    end = 0
    for word in _WORD.finditer(lower if len(lower) == len(text) else text):
        if word.start() < end or word.group()[:3] not in _STARTS:
            continue
        match = _ENDPOINT.match(text, word.start())
        if match is not None:
            end = match.end()
            yield match
