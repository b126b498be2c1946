"""Stopping: the shares of people who gave a treatment up because of harm, however that is said.

Trials tell it in many words ("discontinued X because of adverse events", "adverse events led to discontinuation in"), and so do those
who tell it again. Owns these words; what two such shares owe each other is `comparison`'s.
"""

import re

from journal_club.statistics.consistency.results import Sentence
from journal_club.statistics.statistic import Statistic

__all__ = ["STOPPED", "words_of_stopping"]

STOPPED = "discontinuation because of adverse events"
_HARM = r"(?:(?:an?|any|the|serious|severe|treatment-related|drug-related)\s){0,3}(?:adverse|side[- ]effects?|toxicit|intoleran)"
_BECAUSE = r"(?:because of|due to|owing to|on account of|as a result of|for|after|following)"
_STOP = r"(?:discontinued|stopped|withdrew(?:\sfrom)?|gave\sup|had\sto\s(?:stop|give\sup|discontinue)|quit)"
_BEHIND = re.compile(
    rf"\s?%\)?\s(?:of\s(?:[a-z-]+\s){{0,4}})?(?:(?:patients|participants|people|women|men|children|adults)\s)?(?:who\s)?{_STOP}\s"
    rf"[^.;()\d]{{0,60}}?{_BECAUSE}\s{_HARM}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:(?:(?:serious|severe|fatal|treatment-related|drug-related) )?(?:adverse (?:events?|effects?|reactions?)"
    rf"|side[- ]effects?|toxicity)\s(?:that\s)?(?:led"
    rf"|leading)\sto\s[^.;()\d]{{0,40}}?discontinuation|"
    rf"discontinu(?:ation|ed)\s[^.;()\d]{{0,40}}?{_BECAUSE}\s{_HARM}\w*)\b[^.;\d]{{0,60}}?(?:\d[\d,]*\s[^.;\d]{{0,40}}?\(\s?)?\Z",
    re.IGNORECASE,
)
_REACH = 200
_LESS_THAN_STOPPING = re.compile(r"interrupt|reduc|delay|\bdose\b", re.IGNORECASE)


def words_of_stopping(sentence: Sentence, share: Statistic) -> str:
    """The words that make a share one of those who stopped because of harm; empty where they do not."""
    if share.unit != "%":
        return ""
    behind = _BEHIND.match(sentence.text, share.end)
    before = behind or _BEFORE.search(sentence.text, max(0, share.start - _REACH), share.start)
    return "" if before is None or _LESS_THAN_STOPPING.search(before.group()) else before.group()
