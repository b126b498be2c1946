"""Evidence: the passages that a draft may cite, in document order, within a budget of tokens.

Owns the choice alone: a text that fits is offered whole, and is then the same for every question; of a longer one the best-ranked
passages are taken. It neither searches nor writes prompts.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from journal_club.library.passages import Passage
from journal_club.models.tokens import count_tokens
from journal_club.retrieval.retrieval import Retrieval

__all__ = ["evidence_of"]

_FRAME_TOKENS = 12
"""What a passage costs in a prompt beyond its text: its number, its section, the line ends."""
_SHORT_CHARS = 80
"""A passage shorter than this, such as a field of a study-design card, says little without its neighbours."""


def evidence_of(retrieval: Retrieval, *, budget: int) -> tuple[Passage, ...]:
    """Choose the passages that a draft is offered.

    The best-ranked passage is always among them, whole, whatever it costs: passages are short.

    Args:
        retrieval: what was found for the question.
        budget: most tokens of evidence in the prompt.

    Returns:
        All passages that were searched when they fit, else the best-ranked ones that fit; in document order, each once.
    """
    if _fits(retrieval.searched, budget):
        return retrieval.searched
    chosen: dict[str, Passage] = {}
    spent = 0
    for passage in _by_worth(retrieval):
        cost = _cost(passage)
        if passage.id not in chosen and (not chosen or spent + cost <= budget):
            chosen[passage.id] = passage
            spent += cost
    return tuple(sorted(chosen.values(), key=lambda passage: passage.position))


def _fits(passages: Sequence[Passage], budget: int) -> bool:
    """Whether all passages together stay within the budget; stops counting when they do not."""
    left = budget
    for passage in passages:
        left -= _cost(passage)
        if left < 0:
            return False
    return True


def _by_worth(retrieval: Retrieval) -> Iterator[Passage]:
    """The ranked passages, best first; a short one brings its short neighbours of the same section along."""
    places = {passage.id: place for place, passage in enumerate(retrieval.searched)}
    for ranked in retrieval.ranked:
        yield ranked.passage
        if _short(ranked.passage):
            yield from _short_neighbours(retrieval.searched, places[ranked.passage.id])


def _short_neighbours(passages: Sequence[Passage], place: int) -> Iterator[Passage]:
    """The passages just before and after a place that are short and stand in its section."""
    for neighbour in (place - 1, place + 1):
        if 0 <= neighbour < len(passages) and passages[neighbour].section == passages[place].section and _short(passages[neighbour]):
            yield passages[neighbour]


def _short(passage: Passage) -> bool:
    return len(passage.text) < _SHORT_CHARS


def _cost(passage: Passage) -> int:
    """Tokens of a passage in a prompt, its frame included."""
    return _tokens(passage.label) + _tokens(passage.text) + _FRAME_TOKENS


@lru_cache(maxsize=4096)
def _tokens(text: str) -> int:
    """A count that every question about a paper needs again."""
    return count_tokens(text)
