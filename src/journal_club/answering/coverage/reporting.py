"""Reporting: whether a sentence reports the figure that is asked, and how well its form fits the question.

Owns the rules about figures and forms of sentences: what counts people or things, what dates, defines, doses or measures. Whether a
sentence is about what is asked is `findings`'.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from journal_club.answering.coverage.definitions import defines_outcomes
from journal_club.answering.coverage.fields import FIELDS, field_of
from journal_club.answering.coverage.matter import Term, Unit
from journal_club.answering.coverage.measures import (
    LISTED,
    MEASURES,
    MODIFIERS,
    NUMBER,
    NUMBER_WORD,
    PERSON,
    TIME,
    Measure,
    leading_measure,
)
from journal_club.answering.coverage.phrases import Phrase
from journal_club.answering.coverage.question import QuestionPart
from journal_club.answering.coverage.vocabulary import matched_stem, stem
from journal_club.paper.words import Word, words

__all__ = ["enrols", "fitness_of_form", "is_comparison", "is_group_size", "reports"]

COUNTED_REACH = 6
"""Words between a number and what it counts."""
COUNT = re.compile(rf"(?:\d[\d,]*|{NUMBER_WORD})$", re.IGNORECASE)
DIGIT = re.compile(r"\d")
SIZE = re.compile(r"\W{0,3}(?:\(?\s*[nN]\s*=\s*|\()\d")
FIELD_BONUS = 1.8
"""Of a study-design field whose name is what is asked."""
FIELD_UNASKED = 0.4
"""Of such a field where it is not asked by its name."""
FIELD_NO_REASON = 1.0
"""Of such a field where a reason is asked: it says what, not why."""
HEADS = re.compile(rf"\b[nN]\s*=\s*\d|{NUMBER}\s+(?:\w+\s+){{0,4}}{PERSON}\b|\b\d+ each\b|\bgroups? of \d", re.IGNORECASE)
ENROLLING = r"(?:enrol|random|recruit|includ|assign|allocat|participat|complet)\w*"
ENROLLED = re.compile(
    rf"{ENROLLING}\s+(?:a total of\s+)?{NUMBER}|{NUMBER}\s+(?:\S+\s+){{0,6}}?{PERSON}\b[^.;]{{0,60}}?\b{ENROLLING}|\btotal of {NUMBER}"
    rf"|^\W*(?:Results?|Methods?|Sample)?\W*{NUMBER}\s+(?:\S+\s+){{0,4}}?{PERSON}\b",
    re.IGNORECASE,
)
"""A number of people beside the verb of their enrolment."""
DATED = re.compile(r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
GIVEN = re.compile(r"\b(?:receiv|administ|given|randomi|assign|treated with|dosed|dose of|took|consist)\w*", re.IGNORECASE)
RECEIVED = re.compile(r"^\W*how many\b.*\b(?:got|receiv|assign|allocat|randomi|treated with|given)\w*", re.IGNORECASE)
WHAT_WAS = re.compile(
    r"^\W*what (?:was|were) the (?!.*\b(?:outcome|end-?point|aim|objective|design|comparator|control|limitation|weakness|strength"
    r"|conclusion|regimen|population|setting|intervention|treatment|method|criteri|hypothes|rationale|toxicit|reason))",
    re.IGNORECASE,
)
RESULT = re.compile(r"\d\s?%(?!\s*(?:CI|conf))|±|\bp\s*[*_]*\s*[=<>]\s*[*_]*0?\.\d|\d (?:vs\.?|versus) ", re.IGNORECASE)
"""The marks of a result: shares, spreads, p values, figures side by side."""
MEANS = re.compile(
    r"\b(?:using|by means of|measured (?:by|with)|assessed (?:by|with)|scale|questionnaire|score|defined as|according to)\b", re.IGNORECASE
)
HOW_MEASURED = re.compile(
    r"\bhow\b.*\b(?:measured|assessed|evaluated|defined|diagnosed|determined|quantified|recorded|estimated)\b", re.IGNORECASE
)
ALLOCATED = re.compile(
    r"\b(?:assign|allocat|random|enrol|divid|compris|consist|includ|recruit|split)\w*|\bn\s*=|\beach\b|\bequal|\bgroups? of\b",
    re.IGNORECASE,
)
"""Beside a group's name, what makes a number of people the size of the group."""
PAIRED = re.compile(
    r"\b\d+\s*\(\s*\d[\d.]*\s*%|(?<![\d.±=<>] )(?<![\d.])\b\d{1,5}\s*(?:vs\.?|versus|and|of|out of|/)\s*\d{1,5}\b(?![.,]\d|\s?%)"
)
"""Counts as tables and results give them: "6 (3%)", "11 vs 22"."""
GROUP_SIZE = re.compile(
    r"^\W*(?:and )?(?:how many|what (?:was|is) the number of)\s+\w+\s+(?:were|are|was)?\s*(?:there\s+)?(?:assigned |allocated "
    r"|randomi[sz]ed )?(?:in|to)\s+(?:the |each )[\w -]{0,40}?(?:arms?|groups?|cohorts?)\W*$",
    re.IGNORECASE,
)
WHERE = re.compile(
    r"\b(?:in|at|from|across)\s+(?:the\s+)?(?:[A-Z][\w.'-]+|\d+ (?:countries|cent(?:er|re)s|hospitals|sites))"
    r"|\b(?:hospital|clinic|university"
    r"|cent(?:er|re)s?|countr(?:y|ies)|multicent\w+)\b",
)
GROUND = re.compile(
    r"\b(?:because|due to|owing to|caused by|in order to|so that|attribut\w+|reasons?|rationale|whether|which (?:may|might|could)|where"
    r"|may (?:have )?(?:introduc|bias|limit|explain|affect)\w*|to (?:evaluate|assess|avoid|reduce|improve|maximi[sz]e|determine))\b",
    re.IGNORECASE,
)
"""How a sentence gives a ground."""
EVERY = re.compile(r"\b(?:daily|weekly|monthly|once|twice|every)\b|\b(?:per|a|each|/)\s*(?:day|week|month|year)\b", re.IGNORECASE)
LASTED = re.compile(rf"{NUMBER}[- ]{TIME}", re.IGNORECASE)
FOLLOWED = re.compile(
    r"\b(?:median|mean|total|overall)\b[^.;]{0,20}\bfollow[- ]?up|\bfollowed (?:up )?for\b|follow[- ]?up (?:of|was|period)", re.IGNORECASE
)
LOOKED_FOR_BY_FORM = {"frequency": EVERY, "duration": LASTED, "days": LASTED, "minutes": LASTED, "follow-up": FOLLOWED}
"""How a sentence writes such a figure where it means it."""
DEFINING = re.compile(
    r"\bdefin(?:ed|itions?)\b|\b(?:classified|regarded|categori[sz]ed|counted|diagnosed) (?:as|by|when|if)\b", re.IGNORECASE
)
"""How a text says what it counts as something."""
WHO_TOOK_PART = re.compile(
    r"\b(?:take|took|taking) part\b|\bwho (?:was|were|is|are|could be|can be) (?:eligible|included|enrolled|recruited|studied|in)\b"
    r"|\b(?:in|ex)clusion criteria\b|\bwhich patients were (?:eligible|included|enrolled|studied)\b|\bwho could (?:enter|join|be)\b"
    r"|\bwhat (?:kind|sort|type)s? of (?:\w+ )?(?:patients|people|participants)\b|\bwho participated\b|\beligib\w+"
    r"|\b(?:get|got|allowed|let|accepted) in(?:to)?\b(?! touch)"
    r"|\b(?:ha[ds]|have|need\w*|requir\w+) to (?:be|have|get in|enter|join|qualify)\b"
    r"|\b(?:required|needed) (?:for|to) (?:entry|enter|enrol\w*|join|inclusion|be (?:included|enrolled))\b|\bqualif(?:y|ied)\b"
    r"|\b(?:entry|enrol?ment) criteria\b|\b(?:can|could|may|might) \w[^?]{0,60}\b(?:join|enrol|enter|be (?:included|enrolled))\b",
    re.IGNORECASE,
)
POPULATION = re.compile(
    r"\b(?:inclusion|eligib\w+|criteria|aged|were (?:included|enrolled|recruited|eligible)|with (?:a )?diagnos\w+)\b", re.IGNORECASE
)
LEFT_OUT = re.compile(r"\bexclu\w+|\bleft out\b|\bnot (?:allowed|eligible|included|enrolled)\b|\bineligible\b", re.IGNORECASE)
EXCLUDED = re.compile(r"\bexclu(?:ded|sion)\b|\bineligible\b", re.IGNORECASE)
COMPARED = re.compile(
    r"\b(?:significan\w+|differ\w*|super\w+|inferior|better|worse\w*|improv\w+|higher|lower|greater|longer|shorter|reduc\w+|increas\w+"
    r"|decreas\w+|compared|than|versus|effective\w*|similar\w*|comparable|benefi\w+)\b",
    re.IGNORECASE,
)
"""Words of a result that compares."""
RATIOS = tuple(one for one in MEASURES if one.name in ("hazard ratio", "odds ratio", "relative risk"))
CLOSE = 0.5
BESIDE = 8
"""Characters between a figure and what it is asked of, to stand directly beside it."""
FRAGMENT = 0.5
AIMED = 1.2
AIM = re.compile(
    r"\b(?:aim(?:s|ed)?|objectives?|purpose|hypothes\w+|we wondered|predicted that|unknown)\b"
    r"|\b(?:outcome|end-?point)s? (?:was|were|included)\b"
    r"|\b(?:to|we|study|trial) (?:evaluated?|assess(?:ed)?|investigated?|determined?|compared?|examined?|explored?|stud(?:y|ied)) "
    r"|\b(?:evaluat|assess|investigat|determin|examin|explor|test|study)(?:ed?|ing) (?:the )?"
    r"(?:safety|efficacy|effect|feasib|tolerab|whether)",
    re.IGNORECASE,
)
"""What was to be found out, which says nothing of what was found."""
ROW = re.compile(r"\S {3,40}\S[^\n]{0,80}?\S {3,40}\S")
"""A row of a table, which says yes or no to nothing."""
MARKUP = re.compile(r":::|\S {4,}\S|!\[|<(?:figure|figcaption|p)\b|</")
"""What a table, a figure or their captions leave in a text: no sentence answers there, though figures may stand in it."""
SHORTEST = 6
"""Words; what has fewer is a table's row or a heading more often than a sentence."""


OF_RESULTS = frozenset({*LISTED, "count", "share", "effect", "occurrence", "figure"})


def enrols(unit: Unit) -> bool:
    """Whether a sentence says whom the trial enrolled."""
    return ENROLLED.search(unit.text) is not None or POPULATION.search(unit.text) is not None


def is_group_size(part: QuestionPart) -> bool:
    """Whether a question asks how many people a group has."""
    return GROUP_SIZE.match(part.text) is not None


def reports(part: QuestionPart, phrase: Phrase | None, unit: Unit, terms: Sequence[Term] = ()) -> bool:
    """Whether a sentence reports figures of the measures: every modifier, and one of those asked side by side, or the leading one."""
    text = unit.text
    if is_group_size(part):
        return ALLOCATED.search(text) is not None and HEADS.search(text) is not None
    if part.asks in ("yes_no", "reason") and ROW.search(text):
        return False
    if phrase and phrase.counted:
        return _is_counted(terms, text)
    if any(one.name in OF_RESULTS for one in part.measures) and defines_outcomes(text):
        return False
    modifiers = [one for one in part.measures if one.name in MODIFIERS]
    others = [one for one in part.measures if one.name not in MODIFIERS]
    if not all(one.found.search(text) for one in modifiers):
        return False
    if any(one.name == leading_measure(part.text) and not one.found.search(text) for one in others):
        return False
    return not others or any(_is_reported(one, unit, terms) for one in others)


def _is_reported(measure: Measure, unit: Unit, terms: Sequence[Term]) -> bool:
    """Whether a sentence has a figure of the measure, near enough to what it is asked of."""
    text = unit.text
    if not measure.reach or not terms:
        return measure.found.search(text) is not None
    places = [word for word in words(text) if any(term.in_(_stems_of(word)) for term in terms)]
    return any(
        found.start() - word.end <= measure.reach and word.start - found.end() <= measure.reach
        for found in measure.found.finditer(text)
        for word in places
    )


def _stems_of(word: Word) -> frozenset[str]:
    return frozenset({matched_stem(word), *(stem(piece) for piece in word.text.split("-") if piece)})


def _is_counted(terms: Sequence[Term], text: str) -> bool:
    """Whether a number stands shortly before the counted thing, or a sample size behind it."""
    said = words(text)
    side_by_side = PAIRED.search(text) is not None
    for place, word in enumerate(said):
        if terms and terms[-1].in_(_stems_of(word)):
            before = said[max(0, place - COUNTED_REACH) : place]
            numbered = any(one.text.casefold() in ("number", "numbers") for one in before) and DIGIT.search(text, word.end)
            if side_by_side or numbered or any(COUNT.match(one.text) for one in before) or SIZE.match(text, word.end):
                return True
    return False


EFFECT = re.compile(r"\b(?:hazard|odds|risk|rate) ratios?\b|\b(?:HR|OR|RR)\b|\bmean difference\b|\befficacy of \d", re.IGNORECASE)
"""How an effect is written that compares two groups in one number."""


MEASURED_FORMS = (("dose", GIVEN, 0.4), ("effect", EFFECT, 0.6))
"""What speaks for a form of sentence where a measure is asked for."""


def fitness_of_form(unit: Unit, part: QuestionPart) -> float:
    """What speaks for the form of a sentence: figures side by side, a number enrolled, a date, a definition, a field's name."""
    text = unit.text
    listed = [one for one in part.measures if one.name in LISTED]
    fitness = 0.3 * sum(1 for one in listed if one.found.search(text)) / len(listed) if listed else 0.0
    if any(one.name == "count" for one in part.measures) and ENROLLED.search(text):
        fitness += 0.5
    if _asks(RECEIVED, part.text) and HEADS.search(text):
        fitness += 0.6
    if not part.measures and _asks(WHAT_WAS, part.text) and RESULT.search(text):
        fitness += 0.3
    if part.asks == "when" and DATED.search(text):
        fitness += 0.6
    if part.asks == "definition" and DEFINING.search(text):
        fitness += 0.6
    if part.asks == "definition" and any(_defines(phrase.text, text) for phrase in part.phrases):
        fitness += 1.0
    fitness += sum(gain for name, form, gain in MEASURED_FORMS if any(one.name == name for one in part.measures) and form.search(text))
    fitness += sum(CLOSE for one in part.measures if one.reach and _is_close(one, part, text))
    if _asks(HOW_MEASURED, part.text) and MEANS.search(text):
        fitness += 0.3
    fitness += _fitness_of_kind(part, text)
    if field_of(unit.passage):
        fitness += _fitness_of_field(unit, part)
    if not part.measures and MARKUP.search(text):
        fitness -= FRAGMENT
    return fitness - (FRAGMENT if not field_of(unit.passage) and len(text.split()) < SHORTEST else 0.0)


def _fitness_of_field(unit: Unit, part: QuestionPart) -> float:
    if part.asks == "reason":
        return -FIELD_NO_REASON
    if _is_field_asked(unit, part):
        return FIELD_BONUS
    return 0.0 if part.measures else -FIELD_UNASKED


def is_comparison(text: str) -> bool:
    """Whether a sentence compares groups by figures."""
    return COMPARED.search(text) is not None and (RESULT.search(text) is not None or any(one.found.search(text) for one in RATIOS))


def _fitness_of_kind(part: QuestionPart, text: str) -> float:
    """What speaks for a sentence in the kind of answer that is wanted: a place, a reason, a comparison, a time, people."""
    fitness = 0.5 if part.asks == "where" and WHERE.search(text) else 0.0
    fitness += 0.4 if part.asks == "reason" and GROUND.search(text) else 0.0
    fitness -= AIMED if part.asks == "yes_no" and AIM.search(text) and not RESULT.search(text) and not _asks(AIM, part.text) else 0.0
    if part.asks == "yes_no" and COMPARED.search(text):
        fitness += 0.3 if RESULT.search(text) else 0.2
    fitness += sum(0.4 for one in part.measures if one.name in LOOKED_FOR_BY_FORM and LOOKED_FOR_BY_FORM[one.name].search(text))
    if _asks(LEFT_OUT, part.text):
        return fitness + (0.8 if EXCLUDED.search(text) else 0.0)
    return fitness + (0.5 if _asks(WHO_TOOK_PART, part.text) and POPULATION.search(text) else 0.0)


@lru_cache(maxsize=256)
def _asks(pattern: re.Pattern[str], question: str) -> bool:
    """Whether a question asks in these words; it is asked once for every sentence of a text."""
    return pattern.search(question) is not None


def _is_close(measure: Measure, part: QuestionPart, text: str) -> bool:
    """Whether a figure of the measure stands directly beside a phrase's words ("1 g tranexamic acid")."""
    folded = text.casefold()
    return any(
        f"{phrase.text.casefold()}" in folded[max(0, found.start() - BESIDE - len(phrase.text)) : found.end() + BESIDE + len(phrase.text)]
        for phrase in part.phrases
        for found in measure.found.finditer(text)
    )


def _defines(name: str, text: str) -> bool:
    """Whether a text writes a name beside what it stands for."""
    return re.search(rf"[(\[]{re.escape(name)}[)\],;]|\b{re.escape(name)}\s*[(:=]", text) is not None


def _is_field_asked(unit: Unit, part: QuestionPart) -> bool:
    if field_of(unit.passage) == "population" and _asks(WHO_TOOK_PART, part.text):
        return True
    asked = {matched_stem(word) for word in words(part.text)}
    return any(stem(word) in asked for word in FIELDS[field_of(unit.passage)].split())
