"""Origin rules: whose result a statement presents, and as what.

Owns the rule `whose`: a row about another trial says nothing of this one, and what commentators hold is not what the trial showed.
"""

import re
from collections.abc import Iterator

from journal_club.answering.verification.claim import Claim
from journal_club.answering.verification.finding import Finding, failed
from journal_club.answering.verification.source import Sources
from journal_club.answering.verification.support import Carriage
from journal_club.paper.model import Origin

__all__ = ["whose"]

_OTHER_TRIAL = re.compile(r"\b(?:related|another|other|earlier|previous|prior|separate) (?:trials?|stud(?:y|ies))\b", re.IGNORECASE)
_TRIAL_SHOWED = re.compile(
    (
        r"\b(?:trial|study|data|results?|findings?|analysis|investigators?) (?:\w+ly )?(?:show(?:s|ed|n)?|"
        r"demonstrat(?:es?|ed)|prov(?:es?|ed|en)|found|finds|confirm(?:s|ed)?|establish(?:es|ed)?)\b"
    ),
    re.IGNORECASE,
)


def whose(claim: Claim, carriage: Carriage, sources: Sources) -> Iterator[Finding]:
    """A related trial's row says nothing of this trial, and commentary is not what the trial showed."""
    origins = {source.passage.origin for source in carriage.support}
    if origins == {Origin.RELATED_TRIAL}:
        folded = claim.text.casefold()
        named = any(_first_word(source.trial) in folded for source in carriage.support if source.trial)
        ours = bool(sources.trial_name) and sources.trial_name.casefold() in folded
        if (not named and not _OTHER_TRIAL.search(claim.text)) or (ours and not named):
            reason = "it says of this trial what the cited text says of another, " + ", ".join(
                sorted({source.trial for source in carriage.support if source.trial})
            )
            yield failed("scope", claim.text, carriage.support[0].trial, "whose result it is", reason, contradicts=True)
    showed = _TRIAL_SHOWED.search(claim.text)
    if origins == {Origin.COMMENTARY} and showed and not _TRIAL_SHOWED.search(carriage.cited_text):
        yield failed("scope", showed.group(), "", "commentary is not a result", "it presents commentary as what the trial showed")


def _first_word(name: str) -> str:
    return (name.split() or [""])[0].casefold()
