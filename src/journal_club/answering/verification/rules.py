"""Rules: the checks of one claim against the sources that it cites, in order, each by its name.

Owns which checks there are and what each asks; `verification` makes a verdict of them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from journal_club.answering.answer import Check
from journal_club.answering.verification.claim import Claim
from journal_club.answering.verification.clause_rules import (
    GENERAL_NAMES,
    carried_by_clauses,
    paired_directions,
    paired_numbers,
)
from journal_club.answering.verification.direction_rules import directions
from journal_club.answering.verification.finding import Finding, failed, passed
from journal_club.answering.verification.granted import granted
from journal_club.answering.verification.opposites import design_words, implied
from journal_club.answering.verification.origin_rules import whose
from journal_club.answering.verification.outcomes import turned_stems
from journal_club.answering.verification.quotation import is_verbatim, quotations, without_markup
from journal_club.answering.verification.repetition import Repetition, repetition
from journal_club.answering.verification.rewording import reworded
from journal_club.answering.verification.role_rules import roles
from journal_club.answering.verification.scope import dropped_hedge, widened
from journal_club.answering.verification.source import Source, Sources
from journal_club.answering.verification.support import Carriage, carry
from journal_club.answering.verification.wording import OWN_THRESHOLD, THRESHOLD, carried, entities, score, stems
from journal_club.statistics.endpoints import COMPOSITE, endpoints
from journal_club.statistics.matching import Match
from journal_club.statistics.numerals import fold
from journal_club.statistics.sides import without_sides
from journal_club.statistics.units import DURATIONS

__all__ = ["Judgement", "judge"]

Rule = Callable[[Claim, Carriage, Sources], Iterator[Finding]]
_LOOSE_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WHEN = re.compile(r"\b(?:at|after|within|until|through)\s\Z", re.IGNORECASE)
_REPEATED = 0.75
"""Least share of a claim's words that a source has which it may repeat."""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The checks of a claim and what carries it.

    Attributes:
        contradicted: whether a failed check found the opposite in the source, not merely nothing.
        not_understood: whether nothing failed but to read a number.
        reason: the first failure in one sentence; empty when all passed.
    """

    checks: tuple[Check, ...]
    support: tuple[Source, ...]
    contradicted: bool
    derived: bool
    not_understood: bool
    reason: str


def judge(claim: Claim, cited: Sequence[Source], sources: Sources) -> Judgement:
    """Check a claim against the sources that it cites. A source's own sentence is only asked whose it is.

    What gives orders to its reader supports nothing.
    """
    repeated = tuple(source for source in sources.repeats(claim.text) if any(source is one for one in cited))
    if repeated:
        return _judgement(carry(claim, repeated, sources), (_verbatim, whose), claim, sources)
    for source in cited:
        if (found := _repeated(claim, source)) is not None and not source.instruction:
            return _repetition(claim, source, found, sources)
    usable = [source for source in cited if not source.instruction]
    return _judgement(carry(claim, usable, sources), _RULES, claim, sources)


def _repeated(claim: Claim, source: Source) -> Repetition | None:
    """How the claim repeats a source; what has other words does not, and is not walked through."""
    if not claim.stems or sum(stem in source.stems for stem in claim.stems) < _REPEATED * len(claim.stems):
        return None
    return repetition(claim.pieces, source.pieces)


def _repetition(claim: Claim, source: Source, found: Repetition, sources: Sources) -> Judgement:
    """The judgement of a claim that says a source again: only its rounded and converted numbers are shown, and whose it is asked."""
    carriage = Carriage(cited=(source,), support=(source,), matches=(), likest=source, exchanged=(), swapped=False)
    findings = [passed("wording", claim.text, source.excerpt.text, "says the sentence again"), *whose(claim, carriage, sources)]
    findings += [
        passed("statistic", one.claim.text, one.derivation.found.text, f"{one.derivation.rule}: {one.derivation.sum}")
        for one in found.restated
    ]
    judgement = _judged(findings, carriage)
    return replace(judgement, derived=bool(found.restated))


def _judgement(carriage: Carriage, rules: Sequence[Rule], claim: Claim, sources: Sources) -> Judgement:
    return _judged([finding for rule in rules for finding in rule(claim, carriage, sources)], carriage)


def _judged(findings: Sequence[Finding], carriage: Carriage) -> Judgement:
    failures = [finding for finding in findings if not finding.check.passed]
    failures.sort(key=lambda finding: not finding.contradicts)
    unread = sum(match.verdict == "not_understood" for match in carriage.matches)
    return Judgement(
        checks=tuple(finding.check for finding in findings),
        support=carriage.support,
        contradicted=any(finding.contradicts for finding in failures),
        derived=any(match.verdict == "derived" for match in carriage.matches),
        not_understood=0 < unread == len(failures),
        reason=failures[0].reason if failures else "",
    )


def _statistics(claim: Claim, carriage: Carriage, _sources: Sources) -> Iterator[Finding]:
    for match in carriage.matches:
        yield _of_match(match)
        if match.rule == "rounded" and match.claim.unit in DURATIONS and _WHEN.search(claim.text, 0, match.claim.start):
            reason = f"{match.claim.printed} says when, and stands nowhere in the cited text"
            yield failed("statistic", match.claim.text, "", "a time is not rounded", reason)


def _exchanges(claim: Claim, carriage: Carriage, _sources: Sources) -> Iterator[Finding]:
    for one in carriage.exchanged:
        if one.kind == "arm" and _is_bound(claim, carriage, one.start):
            continue
        if carriage.other_side and one.kind in ("negation", "word"):
            continue
        kind = "direction" if one.kind in ("direction", "negation") else "statistic"
        reason = f"where the cited text has {one.found}, it says {one.claimed}"
        if one.kind == "negation":
            reason = (
                f"it says “{one.claimed}” where the cited text does not" if one.claimed else f"it drops the “{one.found}” of the cited text"
            )
        yield failed(kind, one.claimed, one.found, f"same {one.kind} in the same words", reason, contradicts=True)


def _is_bound(claim: Claim, carriage: Carriage, place: int) -> bool:
    """Whether the arm that stands there owns every number of the statement in the source too, so that it stands in nobody's place."""
    name = next((arm.name for arm in claim.arms if arm.start == place), "")
    owners = [match.found.statistic.arm if match.found else "" for match in carriage.matches]
    return bool(owners) and all(owner == name for owner in owners)


def _reworded(claim: Claim, carriage: Carriage, _sources: Sources) -> Iterator[Finding]:
    if carriage.exchanged or carriage.likest is None or carriage.other_side:
        return
    if found := reworded(claim.pieces, carriage.likest.pieces):
        reason = f"where the cited text has “{found.found}”, it says “{found.claimed}”"
        reason = reason if found.found else f"“{found.claimed}” stands in another place than in the cited text, whose order counts"
        single = " " not in found.claimed and " " not in found.found
        yield failed("wording", found.claimed, found.found, "the same words in the same place", reason, contradicts=single)


def _of_match(match: Match) -> Finding:
    found = "" if match.found is None else match.found.statistic.text
    carried_out = match.verdict in ("supported", "derived")
    rule = f"{match.rule}: {match.reason}" if match.verdict == "derived" else match.rule
    check = Check(kind="statistic", claimed=match.claim.text, found=found, rule=rule, passed=carried_out)
    return Finding(check=check, reason=match.reason, contradicts=match.verdict == "contradicted")


def _verbatim(claim: Claim, carriage: Carriage, _sources: Sources) -> Iterator[Finding]:
    yield passed("wording", claim.text, carriage.cited[0].excerpt.text, "verbatim")


def _digits(claim: Claim, carriage: Carriage, sources: Sources) -> Iterator[Finding]:
    """Digits that are part of a name or a version stand in the cited text as they are."""
    covered = [(one.start, one.end) for one in claim.statistics]
    text = fold(claim.text)
    for found in _LOOSE_DIGITS.finditer(text):
        if any(start <= found.start() < end for start, end in covered) or re.search(_exactly(found.group()), sources.trial_name):
            continue
        if not re.search(_exactly(found.group()), fold(carriage.cited_text)):
            yield failed("statistic", found.group(), "", "digits stand in the source", f"{found.group()} stands nowhere in the cited text")


def _exactly(number: str) -> str:
    return rf"(?<!\d)(?<!\d[.,]){re.escape(number)}(?![.,]?\d)"


def _quotations(claim: Claim, carriage: Carriage, _sources: Sources) -> Iterator[Finding]:
    for quoted in quotations(claim.text):
        if is_verbatim(quoted, (source.excerpt.text for source in carriage.cited)):
            yield passed("quotation", quoted, quoted, "verbatim")
        else:
            yield failed("quotation", quoted, "", "verbatim", f"the words “{quoted}” are not the cited text's")


def _design(claim: Claim, carriage: Carriage, sources: Sources) -> Iterator[Finding]:
    """Design words must stand in the cited text; those of the study's own design field count for it."""
    claimed = design_words(claim.text)
    if not claimed:
        return
    available = design_words(" \n ".join(source.excerpt.text for source in carriage.cited))
    for name, (axis, words) in claimed.items():
        if name in available or not implied(name).isdisjoint(available) or (name == "randomized" and "RCT" in sources.design):
            yield passed("design", words, words, "design word stands in the source")
            continue
        everywhere = {**sources.design_words, **available}
        rival = next((found for other, (kind, found) in everywhere.items() if kind == axis and other != name), "")
        told = next((one for one in implied(name) if one in sources.design_words), "")
        if told and (told != name or not rival):
            yield passed("design", words, sources.design_words[told][1], "design word stands in the study design")
            continue
        reason = f"“{words}” is not in the cited text" + (f", which says “{rival}”" if rival else "")
        yield failed("design", words, rival, "design word stands in the source", reason, contradicts=bool(rival))


def _names(claim: Claim, carriage: Carriage, sources: Sources) -> Iterator[Finding]:
    """Every name of the statement must stand in the cited text, be equated with one there, or name what was studied."""
    available = carriage.cited_stems | sources.subject
    for name in entities(claim.text):
        parts = set(stems(sources.names.canonical(name))) | set(stems(name))
        known = not parts or any(part in available for part in parts) or all(carried(part, available) for part in parts)
        if known or name.casefold().strip(".") in GENERAL_NAMES or name.casefold() in without_markup(carriage.cited_text).casefold():
            continue
        yield failed("wording", name, "", "names stand in the source", f"“{name}” is not in the cited text")


def _endpoints(claim: Claim, carriage: Carriage, sources: Sources) -> Iterator[Finding]:
    """An endpoint that the statement names must be named in the cited text, by whichever of its names."""
    available = {one.name for one in endpoints(carriage.cited_text)}
    for one in endpoints(claim.text):
        said = claim.text[one.start : one.end]
        if one.name in available or (one.name == COMPOSITE and any(name.startswith("composite") for name in available)):
            continue
        if all(carried(stem, carriage.cited_stems) for stem in stems(sources.names.canonical(said))):
            continue
        rival = ", ".join(sorted(available)[:2])
        reason = f"“{said}” is not in the cited text" + (f", which speaks of {rival}" if rival else "")
        yield failed("statistic", said, rival, "endpoint stands in the source", reason, contradicts=bool(rival))


def _scope(claim: Claim, carriage: Carriage, sources: Sources) -> Iterator[Finding]:
    said = without_sides(claim.text) if carriage.other_side else claim.text
    further = (sources.going_on(source) for source in carriage.support)
    carrying = [
        *(source.excerpt.text for source in dict.fromkeys([*carriage.support, *filter(None, further)])),
        *(one.reason for one in carriage.matches if one.verdict == "derived"),
    ]
    wide = widened(said, "\n".join(carrying) or carriage.cited_text, sources.design)
    if wide:
        yield failed("scope", wide[1], "", f"scope not widened: {wide[0]}", f"“{wide[1]}” goes beyond the cited text")
    hedge = next((found for source in carriage.support if (found := dropped_hedge(claim.text, source.excerpt.text))), None)
    if hedge:
        yield failed("scope", claim.text, hedge[1], "hedge kept", f"the cited text only says “{hedge[1]}”", contradicts=True)
    yield from whose(claim, carriage, sources)


def _wording(claim: Claim, carriage: Carriage, sources: Sources) -> Iterator[Finding]:
    available = carriage.support_stems | granted(claim, carriage.matches)
    directions = turned_stems(claim.text)
    wanted = tuple(stem for stem in claim.stems if stem not in directions) or claim.stems
    support, missing = score(wanted, available | sources.subject, sources.weights)
    own, _ = score(wanted, available, sources.weights)
    enough = support >= THRESHOLD and own >= OWN_THRESHOLD and bool(carriage.support)
    rule = f"word support {support:.2f} (needs {THRESHOLD})"
    check = Check(kind="wording", claimed=", ".join(missing), found="", rule=rule, passed=enough)
    reason = "" if enough else "the cited text does not carry it" + (f": {', '.join(missing[:4])}" if missing else "")
    yield Finding(check=check, reason=reason)


_RULES: tuple[Rule, ...] = (
    _statistics,
    _exchanges,
    _reworded,
    _digits,
    _quotations,
    _design,
    _names,
    _endpoints,
    directions,
    _scope,
    _wording,
    carried_by_clauses,
    paired_numbers,
    paired_directions,
    roles,
)
