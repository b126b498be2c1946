"""Section: what one measurement hands over, a title and its lines of Markdown.

Owns the form in which figures leave a measurement, and the tables in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Section", "table"]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of a report; `lines` are Markdown."""

    title: str
    lines: tuple[str, ...]

    def markdown(self) -> str:
        """The section as a person reads it."""
        return "\n".join((f"## {self.title}", "", *self.lines, ""))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a Markdown table."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
