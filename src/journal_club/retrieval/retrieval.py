"""What retrieval hands on: the passages found for one question, and what they were found in.

Owns the nouns `Ranked` and `Retrieval`. It does not search.
"""

from dataclasses import dataclass

from journal_club.library.passages import Passage
from journal_club.paper.names import Names
from journal_club.retrieval.kinship import Kinship

__all__ = ["Ranked", "Retrieval"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """A passage that was found.

    Attributes:
        score: the fused score; only its order means anything.
        dense: cosine of the question's and the passage's vectors; 0 where dense search did not return the passage.
        lexical: share of the weight of the question's terms that the passage carries, 0..1.
    """

    passage: Passage
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Retrieval:
    """The answer of retrieval to one question.

    Attributes:
        ranked: what was found, best first.
        passages: all passages of the paper, in document order, whatever the filters.
        searched: those of them that the filters let through, in document order.
        names: what the paper itself equates.
        version: the paper's version that was searched.
        kinship: of its words, where embedding is at hand.
        degraded: why only words were searched, as a sentence for people; None when dense search took part.
    """

    paper_id: str
    question: str
    ranked: tuple[Ranked, ...]
    passages: tuple[Passage, ...]
    searched: tuple[Passage, ...]
    names: Names
    version: int
    kinship: Kinship | None = None
    degraded: str | None = None
