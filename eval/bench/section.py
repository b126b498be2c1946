"""Section: what one figure's run hands over, a title, a table and the targets it was held against.

Owns the form in which figures leave their process: Markdown for a person, JSON for `run.py`.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

__all__ = ["Section", "Target", "arguments", "row_of", "say", "table", "tell"]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A figure to reach; `reached` is None where it was not measured."""

    what: str
    figure: str
    measured: str
    reached: bool | None


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the results; `lines` are Markdown, `failed` says that there was nothing to measure."""

    title: str
    lines: tuple[str, ...]
    targets: tuple[Target, ...] = ()
    failed: bool = False

    @classmethod
    def from_json(cls, text: str) -> "Section":
        """The section that a figure's process printed."""
        fields = json.loads(text)
        targets = tuple(Target(**target) for target in fields["targets"])
        return cls(title=fields["title"], lines=tuple(fields["lines"]), targets=targets)

    def markdown(self) -> Iterator[str]:
        """The section as a person reads it."""
        yield from (f"## {self.title}", "", *self.lines)
        if self.targets:
            yield from ("", *table(("what", "figure", "measured", "reached"), [row_of(target) for target in self.targets]))


def row_of(target: Target) -> tuple[str, str, str, str]:
    """A target as a row of a table."""
    reached = {True: "yes", False: "**no**", None: "not measured"}[target.reached]
    return target.what, target.figure, target.measured, reached


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a Markdown table."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def say(line: str) -> None:
    """Report progress."""
    print(f"  {line}", file=sys.stderr, flush=True)


def tell(section: Section, asked: argparse.Namespace) -> int:
    """Print a section, as JSON when `--json` was asked for."""
    print(json.dumps(asdict(section)) if asked.json else "\n".join(section.markdown()))
    return 0


def arguments(description: str | None) -> argparse.ArgumentParser:
    """The arguments that every figure takes."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON, for run.py")
    return parser
