"""`check`: where a paper contradicts itself, or its own arithmetic. It needs no store and no model, and keeps nothing."""

from journal_club.answering.answer import Conflict, ConflictPlace
from journal_club.answering.conflicts import conflicts_of
from journal_club.cli.exits import ExitCode
from journal_club.cli.sources import read_source
from journal_club.cli.terminal import print_json, say
from journal_club.paper.reading import read_paper

__all__ = ["check", "print_conflict"]


def check(file: str, *, as_json: bool) -> ExitCode:
    """Print the conflicts of a paper, and say whether there are any.

    Raises:
        CommandError: the file cannot be read.
        PaperError: the text is no paper.
    """
    text = read_source(file)
    paper = read_paper(text)
    conflicts = conflicts_of(paper)
    if as_json:
        print_json({"conflicts": [conflict.model_dump(mode="json") for conflict in conflicts]})
    else:
        for conflict in conflicts:
            print_conflict(conflict, text)
        say(f"{len(conflicts) or 'no'} conflict{'' if len(conflicts) == 1 else 's'} found", style="bold" if conflicts else "green")
    return ExitCode.FOUND if conflicts else ExitCode.FINE


def print_conflict(conflict: Conflict, text: str) -> None:
    """Print a conflict with its places; `text` is the source, for their lines."""
    say(f"{conflict.explanation} ({conflict.confidence})", style="bold red" if conflict.confidence == "certain" else "yellow")
    for number, place in enumerate(conflict.places):
        supported = number == conflict.supported_place
        say(f"    line {_line(place, text)}, {_whose(place)}: {' '.join(place.cited_text.split())}", style="green" if supported else "cyan")
    if conflict.arithmetic:
        say(f"    {conflict.arithmetic}", style="dim")


def _line(place: ConflictPlace, text: str) -> int:
    return text.count("\n", 0, place.start_char_index) + 1


def _whose(place: ConflictPlace) -> str:
    return f"{place.section.replace('_', ' ')} ({place.origin.value.replace('_', ' ')})"
