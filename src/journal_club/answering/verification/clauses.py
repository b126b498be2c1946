"""Clauses: each part of a statement, and the one sentence of the source that carries it.

Owns where a statement is cut and the choice of a clause's anchor. Words may be borrowed from no second sentence: a clause whose words
stand scattered over several sentences says what none of them says. The short fields of a study's design count as one sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journal_club.answering.verification.claim import Claim
from journal_club.answering.verification.opposites import NEGATION
from journal_club.answering.verification.outcomes import turned_stems
from journal_club.answering.verification.quotation import without_markup
from journal_club.answering.verification.source import Source, Sources
from journal_club.answering.verification.wording import carried, entities, is_free, is_kin, score, stems
from journal_club.paper.model import Origin
from journal_club.statistics.matching import Match
from journal_club.statistics.number_words import spelled
from journal_club.statistics.statistic import Measure

__all__ = ["Clause", "clauses"]

_CUT = re.compile(
    r"(?:[,;:]\s+|\s[-–—]\s|\s\()(?=[^\d\s])(?:and |but |or |so |thus |thereby |which |while |whereas |although |with )?"
    r"|\b(?:and|but|because|since|owing to|due to|although|whereas|while|which|thereby|so that|by (?=\w+ing\b))\b",
    re.IGNORECASE,
)
_TREATED = re.compile(r"\b(?:treat\w+|intervention|active|experimental)[ -](?:arm|group)s?\b", re.IGNORECASE)
_THE_TREATMENT = re.compile(
    r"\b(?:the|this|its?)\s(?:[\w-]+\s)?(?:therapy|treatment|drug|vaccine|intervention|regimen|device|procedure|program(?:me)?|trial|study|infusion)\b",
    re.IGNORECASE,
)
"""How a sentence speaks of what was studied without its name."""
_SPELLED = 100
"""Numbers below it are often written in words."""
_FEWEST_WORDS = 2
_DENYING = frozenset(stems("not no without never none neither nor"))
"""One denial in a sentence carries another word for it; what is denied is `negation`'s."""
_NOTHING: frozenset[str] = frozenset()
_FIELD_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One part of a statement.

    Attributes:
        anchor: the sentence that carries most of it; None when nothing is cited.
        share: how much of its words the anchor carries, 0 to 1.
        own_share: the same without what every sentence of the paper may name.
        missing: the words that the anchor does not carry.
    """

    text: str
    anchor: Source | None
    share: float
    own_share: float
    missing: tuple[str, ...]


def clauses(
    claim: Claim, cited: Sequence[Source], matches: Sequence[Match], sources: Sources, granted: frozenset[str]
) -> tuple[Clause, ...]:
    """The statement's clauses that say something, each with its anchor.

    Args:
        claim: the statement.
        cited: all that it cites, in the order that the matches count in.
        matches: where its numbers were found.
        sources: the paper.
        granted: words that the numbers bring with them.
    """
    fields = frozenset(stem for source in cited if _is_field(source) for stem in source.stems | source.around)
    return tuple(
        _anchored(claim, claim.text[start:end], _holders(start, end, cited, matches, sources), sources, granted, fields)
        for start, end in _spans(claim.text)
    )


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the clauses stand.

    A piece of fewer than two words of its own stays with the piece before; where a mark parts it from that and only a word from the next,
    with the next: ", but CRS | and ICANS can be severe".
    """
    spans: list[tuple[int, int]] = []
    start, goes_on = 0, False
    for end in [*(cut.start() for cut in _CUT.finditer(text)), len(text)]:
        small = _own_words(text[start:end]) < _FEWEST_WORDS
        if spans and (goes_on or (small and not _is_next(text, start, end))):
            spans[-1] = (spans[-1][0], end)
            goes_on = False
        else:
            spans.append((start, end))
            goes_on = small and len(spans) > 1
        start = end
    if len(spans) > 1 and _own_words(text[slice(*spans[0])]) < _FEWEST_WORDS:
        spans[:2] = [(spans[0][0], spans[1][1])]
    return spans


def _is_next(text: str, start: int, end: int) -> bool:
    """Whether a mark parts a piece from the one before, and only a word from the next."""
    return text[start] in ",;:" and text[end : end + 1].isalpha()


def _own_words(text: str) -> int:
    return sum(not is_free(stem) for stem in frozenset(stems(text)) - turned_stems(text))


def _holders(start: int, end: int, cited: Sequence[Source], matches: Sequence[Match], sources: Sources) -> Sequence[Source]:
    """The sentences that may carry a clause: those that hold its numbers, not only its "week 6", and what goes on from them; else all."""
    found = [one for one in matches if one.found is not None and start <= one.claim.start < end and one.verdict in ("supported", "derived")]
    measured = [one for one in found if one.claim.measure is not Measure.IDENTIFIER] or found
    holding = [cited[place] for place in dict.fromkeys(one.found.sentence for one in measured if one.found is not None)]
    further = (sources.going_on(one) for one in holding)
    return [*holding, *(one for one in further if one is not None and one not in holding)] or cited


def _anchored(
    claim: Claim, text: str, holders: Sequence[Source], sources: Sources, granted: frozenset[str], fields: frozenset[str]
) -> Clause:
    directions = turned_stems(text)
    wanted = tuple(stem for stem in stems(sources.names.canonical(without_markup(text))) if stem not in directions) or stems(text)
    best: Clause | None = None
    for source in holders:
        own_words = (
            _own_stems(source, granted, fields)
            | (lender.stems if (lender := sources.lender(source)) else _NOTHING)
            | _arms_named(claim, source)
        )
        available = own_words | _common_stems(source, sources)
        share, missing = _score(wanted, available, sources)
        own = sum(carried(stem, source.stems) for stem in wanted)
        if best is None or (share, own) > (best.share, _own(best, wanted)):
            named = frozenset() if _THE_TREATMENT.search(source.excerpt.text) else frozenset(stems(" ".join(entities(text))))
            told = [stem for stem in wanted if stem not in sources.subject or stem in named or carried(stem, own_words)]
            own_share = _score(told, own_words, sources)[0]
            best = Clause(text=text, anchor=source, share=share, own_share=own_share, missing=missing)
    return best or Clause(text=text, anchor=None, share=0.0, own_share=0.0, missing=wanted)


def _arms_named(claim: Claim, source: Source) -> frozenset[str]:
    """The words by which a statement names an arm that the source speaks of by another name of its own."""
    named = {arm.name for arm in source.named_arms} if claim.arms else set()
    return frozenset(stem for arm in claim.arms if arm.name in named for stem in stems(claim.text[arm.start : arm.end]))


def _score(wanted: Sequence[str], available: frozenset[str], sources: Sources) -> tuple[float, tuple[str, ...]]:
    """`score`, where a word of one family ("asthma", "asthmatic") is carried too."""
    _, missing = score(wanted, available, sources.weights)
    kin = {stem for stem in missing if any(is_kin(stem, other) for other in available)}
    return score([stem for stem in wanted if stem not in kin], available, sources.weights)


def _own(clause: Clause, wanted: Sequence[str]) -> int:
    return sum(carried(stem, clause.anchor.stems) for stem in wanted) if clause.anchor else 0


def _own_stems(source: Source, granted: frozenset[str], fields: frozenset[str]) -> frozenset[str]:
    found = (
        source.stems | source.around | granted | _number_words(source) | (_DENYING if NEGATION.search(source.excerpt.text) else _NOTHING)
    )
    return found | fields if _is_field(source) else found


def _common_stems(source: Source, sources: Sources) -> frozenset[str]:
    """The words that every sentence about the trial may use, and the tested treatment's name where the sentence says "treatment arm"."""
    if source.passage.origin is Origin.RELATED_TRIAL:
        return frozenset()
    return sources.subject | (sources.tested if _TREATED.search(source.excerpt.text) else frozenset())


def _number_words(source: Source) -> frozenset[str]:
    """The words for the small numbers that the source writes in digits."""
    values = [int(one.value) for one in source.statistics if one.value is not None and one.value == one.value.to_integral_value()]
    return frozenset(stem for value in values if 0 <= value < _SPELLED for stem in stems(spelled(value)))


def _is_field(source: Source) -> bool:
    return source.passage.section == "study_design" and len(source.passage.text) < _FIELD_LENGTH
