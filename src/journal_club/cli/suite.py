"""The `eval` commands: which there are and what each is given. What they do is `evaluating`'s."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from journal_club.cli.exits import failures_reported

if TYPE_CHECKING:
    from journal_club.settings import Settings

__all__ = ["suite"]

suite = typer.Typer(
    help="Run the evaluation suite. Exit codes of its gate: 10 regression, 11 unscored, 12 judge broken, 13 leak.", no_args_is_help=True
)

Baseline = Annotated[bool, typer.Option("--baseline", help="Make it the run that later ones are held against.")]
Commentary = Annotated[bool, typer.Option(help="Answer from the page's commentary too, or from the trial's own words alone.")]
Folder = Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder.")]


@suite.command()
def run(
    out: Annotated[Path | None, typer.Option(help="The run's folder, new or interrupted; else one in eval/runs.")] = None,
    paper: Annotated[list[str] | None, typer.Option(help="Ask about this paper alone; several times for several.")] = None,
    baseline: Baseline = False,
    commentary: Commentary = True,
) -> None:
    """Ask every case, score the answers, write the reports, and hold them against the gate."""
    from journal_club.cli import evaluating

    _end(lambda settings: evaluating.run(settings, out, papers=paper or (), keep=baseline, commentary=commentary))


@suite.command()
def score(folder: Folder) -> None:
    """Judge the stored answers of a run again; nothing is asked."""
    from journal_club.cli import evaluating

    _end(lambda settings: evaluating.score(settings, folder))


@suite.command()
def opinions(folder: Folder) -> None:
    """Ask the model that the settings name about every point of a run: a second column beside the offline judge."""
    from journal_club.cli import evaluating

    _end(lambda settings: evaluating.opinions(settings, folder))


@suite.command()
def gate(folder: Folder) -> None:
    """Hold a run against the rules of eval/gate.yaml and the baseline."""
    from journal_club.cli import evaluating

    _end(lambda settings: evaluating.passes(settings, folder))


@suite.command()
def compare(first: Folder, second: Folder) -> None:
    """Print what changed from one run to another, point by point. Exit code 1: something was lost."""
    from journal_club.cli import evaluating

    _end(lambda _settings: evaluating.compare_runs(first, second))


@suite.command()
def table(folders: Annotated[list[Path], typer.Argument(metavar="RUN", help="Runs' folders.")]) -> None:
    """Print runs side by side, with what their models would have said without verification, as Markdown."""
    from journal_club.cli import evaluating

    _end(lambda settings: evaluating.table(settings, folders))


@suite.command()
def judge(
    folders: Annotated[list[Path] | None, typer.Argument(metavar="FOLDER", help="Trials' texts; none: the page alone.")] = None,
    most: Annotated[int, typer.Option(min=1, help="Answers of each kind.")] = 250,
) -> None:
    """Try the judge on answers whose fault is known, and print what it sees."""
    from journal_club.cli import evaluating

    _end(lambda settings: evaluating.judge(settings, folders or [], most=most))


def _end(command: "Callable[[Settings], int]") -> None:
    """Run a command and end with its code: the gate has codes of its own."""
    from journal_club.settings import load_settings

    with failures_reported():
        code = command(load_settings())
    if code:
        raise typer.Exit(int(code))
