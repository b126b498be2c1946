"""Fields: those of a study-design card, and by which words they are asked for."""

import re

from journal_club.library.passages import Passage
from journal_club.paper.model import Origin

__all__ = ["FIELDS", "asked_by", "field_of"]

SAMPLE = re.compile(r"\b[nN]\s*=\s*\d")
"""How a sample is written where no verb of enrolment stands."""

FIELDS = {
    "population": "population eligible enrolled included criteria participants subjects inclusion minimum maximum",
    "intervention": "intervention treatment given administered experimental",
    "comparator": "comparator control comparison compared standard-of-care",
    "outcome": "outcome endpoint primary",
    "sample": "sample size enrolled randomised recruited",
    "duration": "duration follow-up long",
    "setting": "setting where country centre site conducted location",
    "design": "design blinded masked open-label randomised type",
}
"""What the fields of a study-design card are asked by."""


def field_of(passage: Passage) -> str:
    """The name of the study-design field that a passage is; empty for any other passage."""
    words_ = passage.text.split(maxsplit=1) if passage.section == "study_design" else []
    name = words_[0].casefold().strip(":") if words_ else ""
    return name if name in FIELDS else ""


def asked_by(passage: Passage) -> str:
    """Words by which a field or row is asked for and that it does not have itself."""
    if passage.origin is Origin.RELATED_TRIAL and SAMPLE.search(passage.text):
        return FIELDS["sample"]
    return FIELDS.get(field_of(passage), "")
