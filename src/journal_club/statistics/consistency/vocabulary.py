"""Vocabulary: which words of a paper tell one of its results from another.

Owns the noun `Vocabulary`. A word that many sentences have names the paper's drug, its disease or its people; one that few have names a
result. Words are held by their roots, so that "vomited" is "vomiting".
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from journal_club.statistics.arms import Arms
from journal_club.statistics.consistency.results import Sentence
from journal_club.statistics.consistency.telling import telling_words

__all__ = ["Vocabulary", "roots"]

_ENDING = re.compile(r"(?:i[sz]ations?|i[sz]ed|i[sz]ing|ations?|ings?|ions?|ed|es|e)\Z")
_SHORTEST = 4
_SELDOM, _MOST_OFTEN = 4, 0.12
"""A word in more sentences than so many, and than that share of them, is common in the paper."""
_OF_ANY_TRIAL = """
assigned randomized allocated received treated treatment taking given reported recorded seen occurred affected developed children adults
women men participants analysis primary secondary endpoint outcome outcomes effect effects benefit difference significant significantly
statistically baseline follow-up weeks months years days higher lower fewer more less greater lesser reduction increase reduced
increased only just about nearly roughly almost those their there these when where whether while although however because some most many
each both either into over under would could should still also here point estimate data results evidence small large short long
prespecified subgroup subgroups frequent between younger older composite events safety tolerability adverse event serious grade control
placebo standard care intervention active drug dose arms therapy confirmed showed shown found indicate suggest remain important clinical
clinically trials studies
"""
"""Words that any trial's sentences share, and that tell no result from another."""


@lru_cache(maxsize=4096)
def roots(text: str) -> frozenset[str]:
    """The roots of a text's telling words."""
    found = ((word, _ENDING.sub("", word)) for word in telling_words(text))
    return frozenset(root if len(root) >= _SHORTEST else word for word, root in found)


class Vocabulary:
    """The words that tell the results of one paper from one another.

    Attributes:
        arms: the words that name its arms.
    """

    def __init__(self, sentences: Sequence[Sentence], arms: Arms) -> None:
        """Count the words of the sentences; those that name arms tell none of their results."""
        counted = Counter(word for sentence in sentences for word in roots(sentence.text))
        most = max(_SELDOM, len(sentences) * _MOST_OFTEN)
        named = (sentence.text[arm.start : arm.end] for sentence in sentences for arm in arms.mentions(sentence.text))
        self.arms = frozenset[str]().union(*(roots(name) for name in named))
        self._common = self.arms | roots(_OF_ANY_TRIAL) | {word for word, count in counted.items() if count > most}

    def shared(self, one: str, other: str) -> frozenset[str]:
        """The telling words that two texts share."""
        return (roots(one) & roots(other)) - self._common

    def of(self, text: str) -> frozenset[str]:
        """The telling words of a text."""
        return roots(text) - self._common
