"""The scope of a search: the sections and origins of a paper that it may look into.

Owns the one rule that questions and key responses are in no scope.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from journal_club.library.passages import Passage
from journal_club.paper.model import ANSWERING_ORIGINS, Origin

__all__ = ["Scope"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Sections and origins; None is all of them, of origins all that may answer."""

    sections: frozenset[str] | None
    origins: frozenset[Origin] | None

    @classmethod
    def of(cls, sections: Collection[str] | None, origins: Collection[Origin] | None) -> Self:
        """The scope of a request; of the origins asked for only those that may answer."""
        return cls(
            sections=None if sections is None else frozenset(sections),
            origins=None if origins is None else frozenset(origins) & frozenset(ANSWERING_ORIGINS),
        )

    @property
    def is_whole(self) -> bool:
        """Whether nothing was asked to be left out."""
        return self.sections is None and self.origins is None

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be found in it."""
        return self.sections == frozenset() or self.origins == frozenset()

    def holds(self, passage: Passage) -> bool:
        """Whether the passage may be found."""
        return (
            passage.origin in ANSWERING_ORIGINS
            and (self.sections is None or passage.section in self.sections)
            and (self.origins is None or passage.origin in self.origins)
        )
