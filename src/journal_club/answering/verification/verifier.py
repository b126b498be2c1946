"""Verification: a drafted sentence is shown only when the cited passages carry it.

Owns the order of the checks, what carries a sentence (`Support`) and the verdict. The checks themselves are `rules`'; reading numbers is
the statistics room's. A sentence that passes says nothing that its citations do not say; what cannot be decided is withheld.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from journal_club.answering.answer import Check
from journal_club.answering.citations import parse_marks
from journal_club.answering.verification.claim import Claim, read_claim
from journal_club.answering.verification.rules import judge
from journal_club.answering.verification.source import Source, Sources
from journal_club.library.passages import Passage
from journal_club.paper.model import Excerpt, Origin
from journal_club.paper.names import Names
from journal_club.paper.sentences import sentences

__all__ = ["Support", "Verdict", "Verification", "Verifier", "verifier_of", "verify_pair"]

Verdict = Literal["supported", "derived", "contradicted", "not_found", "not_understood", "no_claim"]
LONGEST = 2000
"""Characters; no sentence of an answer is longer, and a longer one is not judged."""
_MOST_SUPPORT = 4
_CANDIDATES = 4
_CLAIMS = 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Support:
    """The sentence, field or row of the source that carries (part of) a statement."""

    passage: Passage
    excerpt: Excerpt


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """What became of a sentence.

    Attributes:
        sentence: as it came, marks included.
        bare: without marks.
        support: what carries it, best first; empty when it did not pass.
        reason: one sentence for the reader when it did not pass; else empty.
        absence: what the sentence says that the text does not report, when it says only that and the text indeed does not.
    """

    sentence: str
    bare: str
    passed: bool
    verdict: Verdict
    checks: tuple[Check, ...]
    support: tuple[Support, ...]
    reason: str
    absence: str = ""


class Verifier:
    """Verifies sentences against one version of one paper. Thread-safe; everything of the paper is read once.

    Args:
        passages: the paper's.
        names: the names that it equates.
        at_once: whether all is read now, for many statements to come; else each sentence when it is first asked.
    """

    def __init__(self, passages: Sequence[Passage], names: Names, *, at_once: bool = True) -> None:
        self._sources = Sources(passages, names)
        for source in self._sources.all if at_once else ():
            source.read()
        # Models quote: the same sentence comes again, to other readers and from the page itself.
        self._claim = lru_cache(maxsize=_CLAIMS)(partial(read_claim, names=names, arms=self._sources.arms))

    def verify(self, sentence: str, evidence: Mapping[int, Passage]) -> Verification:
        """Verify a drafted sentence whose marks are numbers of `evidence`."""
        if len(sentence) > LONGEST:
            return _too_long(sentence)
        marks = parse_marks(sentence)
        claim = self._claim(marks.bare)
        if (claim.meta and not self._sources.repeats(claim.text)) or (
            claim.absence and (not marks.numbers or self._sources.lacks(claim.absence))
        ):
            return self._no_claim(sentence, claim)
        unknown = [number for number in marks.numbers if number not in evidence]
        if unknown or not marks.numbers:
            return _uncited(sentence, marks.bare, unknown)
        cited = [evidence[number] for number in marks.numbers]
        return self._judged(sentence, claim, self._sources.of(cited))

    def verify_text(self, sentence: str) -> Verification:
        """Verify a sentence against the whole paper; marks are not needed and count for nothing."""
        if len(sentence) > LONGEST:
            return _too_long(sentence)
        claim = self._claim(parse_marks(sentence).bare)
        repeated = self._sources.repeats(claim.text)
        if (claim.meta and not repeated) or (claim.absence and self._sources.lacks(claim.absence)):
            return self._no_claim(sentence, claim)
        return self._judged(sentence, claim, repeated or self._sources.nearest(claim, limit=_CANDIDATES))

    def lacking(self, phrase: str) -> frozenset[str]:
        """The stems of a phrase's content words that stand nowhere in the paper."""
        return self._sources.lacking(phrase)

    def _no_claim(self, sentence: str, claim: Claim) -> Verification:
        if claim.meta:
            return _refused(sentence, claim.text, "no_claim", (), "it is about the answer, not about the paper")
        if self._sources.lacks(claim.absence):
            reason = f"the text does not report {claim.absence}"
            return _refused(sentence, claim.text, "no_claim", (), reason, absence=claim.absence)
        return _refused(
            sentence,
            claim.text,
            "contradicted",
            (),
            f"it says that the text does not report {claim.absence}, but its words stand in the text",
        )

    def _judged(self, sentence: str, claim: Claim, cited: Sequence[Source]) -> Verification:
        judgement = judge(claim, cited, self._sources)
        failed = [check for check in judgement.checks if not check.passed]
        if failed:
            verdict: Verdict = "contradicted" if judgement.contradicted else "not_understood" if judgement.not_understood else "not_found"
            return _refused(sentence, claim.text, verdict, judgement.checks, judgement.reason)
        if not judgement.checks:
            return _refused(sentence, claim.text, "no_claim", (), "it says nothing that can be checked")
        support = tuple(Support(passage=source.passage, excerpt=source.excerpt) for source in judgement.support[:_MOST_SUPPORT])
        return Verification(
            sentence=sentence,
            bare=claim.text,
            passed=True,
            verdict="derived" if judgement.derived else "supported",
            checks=judgement.checks,
            support=support,
            reason="",
        )


def verify_pair(statement: str, evidence_texts: Sequence[str]) -> Verification:
    """Verify one sentence against free texts, which are all taken for the trial's own words."""
    return verifier_of(evidence_texts, at_once=False).verify_text(statement)


def verifier_of(evidence_texts: Sequence[str], *, names: Names | None = None, at_once: bool = True) -> Verifier:
    """Read free texts, which are all taken for the trial's own words, for verifying many sentences against them.

    Args:
        evidence_texts: the texts.
        names: names that are known to be one thing; None for those that the texts equate.
        at_once: as for `Verifier`.
    """
    passages = tuple(_loose_passage(text, number) for number, text in enumerate(evidence_texts))
    # Sentence by sentence, since the words of a sentence are kept.
    known = names or Names.of(excerpt.text for passage in passages for excerpt in passage.sentences)
    return Verifier(passages, known, at_once=at_once)


def _loose_passage(text: str, number: int) -> Passage:
    return Passage(
        id=f"evidence-{number}",
        paper_id="",
        section="",
        origin=Origin.TRIAL,
        text=text,
        start=0,
        end=len(text),
        sentences=sentences(text),
        label="",
        position=number,
    )


def _too_long(sentence: str) -> Verification:
    return _refused(sentence, sentence, "not_understood", (), f"it is longer than {LONGEST} characters")


def _uncited(sentence: str, bare: str, unknown: Sequence[int]) -> Verification:
    claimed = _numbers(unknown)
    rule = "marks point to offered evidence" if unknown else "cites a passage"
    reason = f"its mark {claimed} points to no passage that was offered" if unknown else "it cites nothing"
    check = Check(kind="citation", claimed=claimed, found="", rule=rule, passed=False)
    return _refused(sentence, bare, "not_found", (check,), reason)


def _numbers(numbers: Iterable[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def _refused(sentence: str, bare: str, verdict: Verdict, checks: tuple[Check, ...], reason: str, *, absence: str = "") -> Verification:
    return Verification(
        sentence=sentence, bare=bare, passed=False, verdict=verdict, checks=checks, support=(), reason=reason, absence=absence
    )
