"""Run: hold verification to changed sentences of trials, into `eval/statistics/results.md`.

Run: `make bench-statistics DATA="FOLDER ..."`, or `python eval/statistics/run.py FOLDER... [--most N] [--ownership FILE]`. A folder
holds trials' texts as .md, .txt or .jsonl; the results name it by its own name alone.
"""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from journal_club.evaluation.ownership import measure_ownership
from journal_club.evaluation.perturbation.instance import SEED, draw
from journal_club.evaluation.perturbation.matrix import matrix, outcomes
from journal_club.evaluation.perturbation.trials import Trial, read_trials
from journal_club.evaluation.section import Section, table
from journal_club.evaluation.statement_speed import statement_speed

RESULTS = Path(__file__).with_name("results.md")
OWNED = 0.80
ABOUT = """# Statistics: what verification catches, and what it wrongly refuses

True sentences of trials, each changed in one way, held against the passage that they stand in (whole sentences, about 1,200 characters).
Of a harmful kind the share is what was caught, of a control the share of false alarms. "Held back" are the trials of odd number in their
folder's order of names. They are no clean test any more: odd papers were seen when rules and controls were mended. Intervals are Wilson's.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="trials' texts")
    parser.add_argument("--most", type=int, default=1000, help="instances of each kind of each folder")
    parser.add_argument("--ownership", type=Path, help="rows of RCT-ART with given spans, as .jsonl")
    asked = parser.parse_args()
    trials = {folder.resolve().name: read_trials(folder) for folder in asked.folders}
    sections = [measured(name, found, most=asked.most) for name, found in trials.items()]
    sections.append(statement_speed([trial for found in trials.values() for trial in found]))
    if asked.ownership:
        sections.append(owned(asked.ownership))
    told = f"{datetime.now(UTC):%Y-%m-%d}, by `make bench-statistics`, seed {SEED}, at most {asked.most} instances of a kind and folder."
    RESULTS.write_text("\n".join((ABOUT, told, "", *(section.markdown() for section in sections))), encoding="utf-8")
    print(f"written: {RESULTS}", file=sys.stderr)
    return 0


def measured(name: str, trials: tuple[Trial, ...], *, most: int) -> Section:
    begun = time.monotonic()
    section = matrix(f"{name} ({len(trials)} trials)", list(outcomes(draw(trials, most=most))))
    print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return section


def owned(path: Path) -> Section:
    found = measure_ownership(path)
    rows = [
        (f"{what} -> number", f">= {OWNED:.2f}", f"{counts.f1:.2f}", "yes" if counts.f1 >= OWNED else "**no**", f"{counts.precision:.2f}",
         f"{counts.recall:.2f}")
        for what, counts in (("arm", found.arms), ("outcome", found.outcomes))
    ]  # fmt: skip
    lines = table(("which", "target F1", "F1", "reached", "precision", "recall"), rows)
    return Section(title=f"Whose number it is, spans given ({path.parent.name}/{path.name})", lines=tuple(lines))


if __name__ == "__main__":
    sys.exit(main())
