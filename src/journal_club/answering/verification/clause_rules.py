"""Clause rules: what every single clause of a statement owes to the one sentence that carries it.

Owns the rules that look at one clause and its anchor, and the words that a matched number brings with it. Rules about the statement as
a whole are `rules`'.
"""

import re
from collections.abc import Iterator

from journal_club.answering.verification.claim import Claim
from journal_club.answering.verification.clauses import Clause, clauses
from journal_club.answering.verification.counts import wrong_share, wrong_total
from journal_club.answering.verification.crossing import displaced
from journal_club.answering.verification.finding import Finding, failed
from journal_club.answering.verification.granted import granted
from journal_club.answering.verification.items import label_items, number_items, p_items, turn_items
from journal_club.answering.verification.opposites import design_words, flipped, implied, turns
from journal_club.answering.verification.outcomes import (
    denied_difference,
    lost_comparator,
    opposed_ratio,
    other_side,
    raised_to_superior,
    same_comparator,
    turned_level,
    turned_noun,
    turned_worsening,
    undenied_significance,
    unfounded_significance,
)
from journal_club.answering.verification.pairing import misordered, mispaired
from journal_club.answering.verification.scope import (
    asserted_cause,
    asserted_possibility,
    component,
    exchanged_name,
    invented_ordinal,
    reversed_order,
)
from journal_club.answering.verification.source import Source, Sources
from journal_club.answering.verification.support import Carriage
from journal_club.answering.verification.wording import CLAUSE_THRESHOLD, OWN_THRESHOLD, carried, entities, is_free, stems
from journal_club.paper.model import Origin
from journal_club.statistics.statistic import RATIOS, Measure, Role

__all__ = ["GENERAL_NAMES", "WAYS", "WEAK_WAYS", "carried_by_clauses", "paired_directions", "paired_numbers"]

_AIM = re.compile(
    r"\bwhether\b|\b(?:aim|objective|purpose|hypothes[ie]s\w*|goal)\b|\bto (?:determine|evaluate|assess|compare|investigate|examine)\b",
    re.IGNORECASE,
)
WAYS = frozenset({"quality", "quantity"})
WEAK_WAYS = frozenset({"more", "less", "often", "longer", "faster"})
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
_NEXT = re.compile(r"\s([^\W\d][\w-]+)")
_CHANGES = re.compile(r"reduc|lower(?:ed|ing|s)|decreas|declin|fell|fall|drop|increas|rose|rais|shorten|prolong", re.IGNORECASE)
_SHORT_FORM = re.compile(r"(?<![\w-])(?:[A-Z]{2,}[A-Za-z]*(?:-[A-Z]{1,3})?|[A-Z][a-z]?[A-Z]+\w*)(?![\w-])")
_OF_AN_ARM = frozenset({Measure.NONE, Measure.MEDIAN, Measure.MEAN, Measure.COUNT, Measure.TOTAL})
_RESTATING = frozenset({"rounded", "converted", "bounded"})
"""Rules after which a number is still the source's own, in other digits."""
GENERAL_NAMES = frozenset(
    """
    rct ci hr or rr os pfs dfs efs itt p n iqr sd se md na ne nr qol aes ae sae pro pros i ii iii iv usa us uk eu fda ema who vs
    i.e e.g
    """.split()  # noqa: SIM905
)


def carried_by_clauses(claim: Claim, carriage: Carriage, sources: Sources) -> Iterator[Finding]:
    """Every clause is carried by one sentence, and that sentence found the difference that the clause claims."""
    parts = clauses(claim, carriage.cited, carriage.matches, sources, granted(claim, carriage.matches))
    for part in parts:
        yield from _clause(claim, part)


def _clause(claim: Claim, part: Clause) -> Iterator[Finding]:
    if part.anchor is None:
        return
    if part.share < CLAUSE_THRESHOLD or part.own_share < OWN_THRESHOLD:
        words = ", ".join(part.missing[:4]) or part.text.strip()
        yield failed(
            "wording", part.text.strip(), "", "each clause stands in one sentence", f"no cited sentence carries all of it: {words}"
        )
        return
    for rule in (_same_names, _same_design, _whole_outcome, _same_direction, _own_direction):
        yield from rule(claim, part, part.anchor)


def _same_names(claim: Claim, part: Clause, anchor: Source) -> Iterator[Finding]:
    """Names stand in the anchor itself, with their own number, and against the anchor's own comparator."""
    source = anchor.excerpt.text
    for name in entities(part.text):
        if name.casefold() not in GENERAL_NAMES and name.casefold() not in source.casefold() and set(stems(name)) & set(part.missing):
            yield failed("wording", name, "", "names stand in the source", f"“{name}” is not in the cited sentence")
    if other := _other_scale(claim, part, anchor):
        yield failed("wording", other, "", "numbers beside their own name", f"“{other}” is not in the sentence that gives the number")
    if found := exchanged_name(part.text, source) or reversed_order(part.text, source):
        reason = f"the cited text has {found[1]}, not {found[0]}"
        yield failed("wording", found[0], found[1], "names stand in the source", reason, contradicts=True)
    if ordinal := invented_ordinal(part.text, source):
        yield failed("scope", ordinal, "", "counted in the source", f"the cited text counts no “{ordinal}”")
    if other := lost_comparator(part.text, anchor):
        yield failed("wording", other, source, "compared with the same", f"the cited sentence does not compare with “{other}”")


def _same_design(_claim: Claim, part: Clause, anchor: Source) -> Iterator[Finding]:
    """Another trial's row has the design words that a clause gives that trial."""
    if anchor.passage.origin is not Origin.RELATED_TRIAL:
        return
    theirs = design_words(anchor.passage.text)
    for name, (_, said) in design_words(part.text).items():
        if implied(name).isdisjoint(theirs):
            yield failed("design", said, "", "design word stands in the source", f"“{said}” is not in that trial's row")


def _other_scale(claim: Claim, part: Clause, anchor: Source) -> str:
    """The short form in a clause with a number whose sentence has other short forms, and this one neither short nor long; else empty."""
    own = [one for one in claim.statistics if one.certain and one.text in part.text]
    source = anchor.excerpt.text
    if not own or not _SHORT_FORM.search(source):
        return ""
    for found in _SHORT_FORM.finditer(part.text):
        name = found.group()
        if name.casefold() not in GENERAL_NAMES and name.casefold() not in anchor.canonical.casefold() and name not in source:
            return "" if any(carried(stem, anchor.around) for stem in stems(name)) else name
    return ""


def _whole_outcome(claim: Claim, part: Clause, anchor: Source) -> Iterator[Finding]:
    """A number or a direction of a composite outcome is not one of its parts'."""
    if (claim.statistics or claim.turns) and (whole := component(part.text, anchor.excerpt.text)):
        yield failed("statistic", whole[0], whole[1], "the whole outcome", f"the cited text gives it for “{whole[1]}”", contradicts=True)


def _same_direction(claim: Claim, part: Clause, anchor: Source) -> Iterator[Finding]:
    """The anchor does not say the opposite, nor that there is no difference."""
    source = anchor.excerpt.text
    denied = denied_difference(part.text, source, claim.text)
    if denied := denied or undenied_significance(part.text, source) or raised_to_superior(part.text, source):
        reason = f"it says “{denied[0]}” where the cited text says “{denied[1]}”"
        yield failed("direction", denied[0], denied[1], "difference stands in the source", reason, contradicts=True)
    elif wrong := flipped(turns(part.text), anchor.turns, swapped=False) if same_comparator(part.text, source) else None:
        reason = f"“{wrong.text}” is the opposite of what the cited sentence says"
        yield failed("direction", wrong.text, source, f"direction ({wrong.axis})", reason, contradicts=True)
    elif side := other_side(part.text, source):
        reason = f"the cited text says it of the other side than “{side}”"
        yield failed("direction", side, source, "direction of its own side", reason, contradicts=True)
    elif noun := turned_noun(part.text, source) or turned_level(part.text, source) or turned_worsening(part.text, source):
        yield failed("direction", *noun, "direction of the same noun", f"it says “{noun[0]}”, the cited text “{noun[1]}”", contradicts=True)


def _own_direction(claim: Claim, part: Clause, anchor: Source) -> Iterator[Finding]:
    """The anchor itself reports the direction and its significance, and does not merely ask for it."""
    source = anchor.excerpt.text
    if _AIM.search(source) and not _AIM.search(claim.text) and (turned := turns(part.text)):
        yield failed("direction", turned[0].text, source, "an aim is no result", "the cited sentence only says what was to be found out")
    if possible := asserted_possibility(part.text, source) or asserted_cause(part.text, source):
        yield failed("scope", part.text.strip(), possible, "hedge kept", f"the cited text only says “{possible}”", contradicts=True)
    if unshown := _unshown(part.text, anchor):
        yield failed("direction", unshown, "", "direction stands in the source", f"the cited sentence does not say “{unshown}”")
    if other := _turned_word(part):
        yield failed("direction", other, "", "direction of the same word", f"the cited sentence does not say “{other}”")
    if unfounded := unfounded_significance(part.text, claim.statistics, source, anchor.statistics):
        reason = f"the cited text does not say “{unfounded}”"
        yield failed("direction", unfounded, "", "significance stands in the source", reason)


def _unshown(text: str, anchor: Source) -> str:
    """The direction word of a clause whose anchor names no direction and gives nothing to compare."""
    numbers = [one for one in anchor.statistics if one.role is Role.POINT]
    if any(turn.axis in WAYS for turn in anchor.turns) or any(one.measure in RATIOS for one in numbers) or len(numbers) > 1:
        return ""
    weak = frozenset() if _THAN.search(text) else WEAK_WAYS
    return next((turn.text for turn in turns(text) if turn.axis in WAYS and not turn.negated and turn.text.casefold() not in weak), "")


def _turned_word(part: Clause) -> str:
    """What a clause says to be more or better, where its anchor does not speak of it: the "tolerated" of "better tolerated"."""
    for turn in turns(part.text):
        behind = _NEXT.match(part.text, turn.end)
        if turn.axis in WAYS and behind and any(stem in part.missing and not is_free(stem) for stem in stems(behind[1])):
            return f"{turn.text} {behind[1]}"
    return ""


def paired_numbers(claim: Claim, carriage: Carriage, sources: Sources) -> Iterator[Finding]:
    """A number stands beside the words that it stands beside in the source, and not beside those of a neighbour's number."""
    found = [match.found for match in carriage.matches if match.found is not None]
    summed = {match.claim.start for match in carriage.matches if match.verdict == "derived" and match.rule not in _RESTATING}
    own = [one for one in claim.statistics if one.certain and one.start not in summed]
    bound = _arm_words(claim, carriage)
    totals = {one.value for one in claim.statistics if one.measure is Measure.TOTAL}
    units = dict.fromkeys([*(one.unit for one in claim.statistics), *(one.statistic.unit for one in found)])
    for source in dict.fromkeys([*(carriage.cited[one.sentence] for one in found), *carriage.support]):
        text = source.excerpt.text
        if counted := wrong_total(claim.text, text) or wrong_share(claim.text, text):
            reason = f"the cited text has {counted.found}, not {counted.claimed}"
            yield failed("statistic", counted.claimed, counted.found, "count of its own total", reason, contradicts=True)
        given_of = [one for one in source.plain_statistics if one.value not in totals]
        kinds = [(number_items(claim.text, own, unit, ""), number_items(text, given_of, unit)) for unit in units]
        kinds += [(p_items(own), p_items(source.statistics)), (label_items(claim.text), label_items(text))]
        for claimed, given in kinds:
            if other := mispaired(claim.text, claimed, text, given, bound) or displaced(claim.text, claimed, text, given):
                reason = f"the cited text gives {other.found} for “{other.word}”, not {other.claimed}"
                yield failed("statistic", other.claimed, other.found, "number beside its own words", reason, contradicts=True)
                return
    for source in dict.fromkeys(carriage.cited[one.sentence] for one in found):
        around, statistics = sources.surrounding(source)
        for unit in units if len(around) > len(source.excerpt.text) else ():
            theirs = number_items(around, [one for one in statistics if one.value not in totals], unit)
            if other := mispaired(claim.text, number_items(claim.text, own, unit), around, theirs, bound):
                reason = f"the cited text gives {other.found} for “{other.word}”, not {other.claimed}"
                yield failed("statistic", other.claimed, other.found, "number beside its own words", reason, contradicts=True)
                return


def _arm_words(claim: Claim, carriage: Carriage) -> frozenset[str]:
    """The words of the arms' names, where every estimate was held to the arm that it belongs to."""
    held = [one for one in carriage.matches if one.found is not None and one.claim.role is Role.POINT and one.claim.measure in _OF_AN_ARM]
    if not all(one.found is not None and one.claim.arm and one.claim.arm == one.found.statistic.arm for one in held):
        return frozenset()
    texts = [(claim.text, claim.arms), *((source.excerpt.text, source.named_arms) for source in carriage.support)]
    return frozenset(stem for text, arms in texts for arm in arms for stem in stems(text[arm.start : arm.end]))


def paired_directions(claim: Claim, carriage: Carriage, _sources: Sources) -> Iterator[Finding]:
    """A direction stands beside the words that it stands beside in the source, and agrees with the statement's own numbers."""
    if opposed := opposed_ratio(claim.text, claim.statistics):
        yield failed("direction", *opposed, "direction of its own ratio", f"it says “{opposed[0]}” of {opposed[1]}", contradicts=True)
    for unit in dict.fromkeys(one.unit for one in claim.statistics):
        if other := misordered(claim.text, claim.turns, number_items(claim.text, claim.statistics, unit)):
            reason = f"it says “{other.claimed}” of {other.found}"
            yield failed("direction", other.claimed, other.found, "direction of its own numbers", reason, contradicts=True)
    ours = turn_items(claim.turns)
    verbs = all(_CHANGES.match(one.text) for one in ours)
    for source in carriage.support:
        theirs = [one for one in turn_items(source.turns) if bool(_CHANGES.match(one.text)) == verbs]
        if found := mispaired(claim.text, ours, source.excerpt.text, theirs):
            reason = f"the cited text says “{found.found}” of “{found.word}”, not “{found.claimed}”"
            yield failed("direction", found.claimed, found.found, "direction beside its own words", reason, contradicts=True)
            return
