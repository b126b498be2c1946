"""Trial names: what looks like the name of a trial, and what is said to be one.

Owns how trials are named; which of them is the paper's own is `matter`'s.
"""

import re
from collections.abc import Iterator

__all__ = ["BRACKETED_NAME", "TRIAL_NAME", "first_piece", "named_trials"]

TRIAL_NAME = re.compile(
    r"\b(?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*-?\d+[A-Za-z]?|[A-Z]{3,}-\d+)\b|\b[A-Z][A-Za-z]*[A-Z][\w-]*(?=\s+(?:trial|study|Trial|Study)\b)"
)
"""What looks like the name of a trial: capitals with a number, or capitals before "trial"."""
BRACKETED_NAME = re.compile(r"(?<=\()[A-Z][A-Za-z]*[A-Z][\w-]*(?=\))")
"""How a title names its trial: "in heart failure (ALDER-HF)"."""
CALLED_TRIAL = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][\w-]*(?=\s+(?:trial|study|Trial|Study)\b)")
"""What is said to be a trial: a marker or a gene is written in capitals and digits too."""
NO_TRIALS = frozenset({"MRI", "CT", "PET", "US", "UK", "EU", "RCT", "COVID-19", "ICU", "DNA", "RNA", "HIV", "NIH"})
LIKENED = re.compile(
    r"\b(?:consistent with|as in|as|unlike|like|similar to|than in|compared with|in line with|in contrast to)\s(?:the\s)?\Z", re.IGNORECASE
)
"""What stands before a trial that a sentence only likens its own to."""


def named_trials(text: str) -> Iterator[str]:
    """The names that a sentence gives to trials, but for those that it only likens its own to."""
    for found in CALLED_TRIAL.finditer(text):
        if found[0] not in NO_TRIALS and not LIKENED.search(text, 0, found.start()):
            yield found[0]


def first_piece(name: str) -> str:
    """A name in small letters, up to its first hyphen."""
    return name.casefold().partition("-")[0]
