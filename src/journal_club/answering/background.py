"""Background: sentences of general knowledge, shown only when caller and settings ask for them, and never as the paper's."""

import re
from collections.abc import Iterable

__all__ = ["refuse_background"]

NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|twice|double|triple|hundred|thousand|percent)\b|%",
    re.IGNORECASE,
)
THIS_TRIAL = re.compile(
    r"\b(?:this|the|these|our|present|current)\s+(?:\w+\s+)?(?:trial|study|stud(?:y|ies)|paper|text|page|abstract|authors?|results?|findings?|data|arms?|groups?|"
    r"patients|participants)\b|\b(?:trial|study)\s+(?:showed|found|demonstrated|reported)\b|\b(?:significant(?:ly)?|superior|inferior|improved|randomi[sz]ed)\b",
    re.IGNORECASE,
)
MARK = re.compile(r"\[[^\]]*\]")


def refuse_background(sentence: str, *, trial_names: Iterable[str]) -> str:
    """Why a background sentence may not be shown; empty when it may.

    Args:
        sentence: without its lead-in.
        trial_names: names of the trials that the text speaks of.
    """
    if MARK.search(sentence):
        return "background cites nothing, and this sentence carries a mark"
    if NUMBER.search(sentence):
        return "background holds no number, and this sentence holds one"
    folded = sentence.casefold()
    if THIS_TRIAL.search(sentence) or any(name.casefold() in folded for name in trial_names):
        return "background says nothing of this trial, and this sentence does"
    return ""
