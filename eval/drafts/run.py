"""Run: hold verification to what models wrote of whole pages, true and careless, into `eval/drafts/results.md`.

Run: `python eval/drafts/run.py [-v]`; `-v` prints the careless sentences that passed. `PAGE.txt` is a page, the seed's stands in `seeds/`;
`PAGE.yaml` has the sentences, marks left out: each is held against the whole page. A language model wrote them and checked each against the
passages that it was given. Of pages that are held back only the counts are told: they are not to be read one by one.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import yaml

from journal_club.answering.verification.verifier import Verifier
from journal_club.evaluation.interval import wilson
from journal_club.evaluation.section import Section, table
from journal_club.library.passages import passages_of
from journal_club.paper.names import Names
from journal_club.paper.reading import read_paper

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
RESULTS = HERE / "results.md"
ABOUT = """# Drafts: what verification passes of what models write

Sentences of a capable model about pages of trials, each true by its passages ("carried"), and such as a careless model might have
written instead ("careless"): another row's number, groups turned round, a "not" lost, a cause or a detail invented. Verification was
mended on them, but for the pages that are held back, which nobody read. Intervals are Wilson's.
"""


class Counts(NamedTuple):
    """What became of one page's sentences."""

    name: str
    held_back: bool
    kept: int
    carried: int
    missed: int
    careless: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-v", "--verbose", action="store_true", help="print the careless sentences that passed")
    told = parser.parse_args().verbose
    counted = [count(path, told=told) for path in sorted(HERE.glob("*.yaml"))]
    for held_back in (False, True):
        rows = [row for row in counted if row.held_back is held_back]
        sums = [sum(getattr(row, field) for row in rows) for field in ("kept", "carried", "missed", "careless")]
        counted.append(Counts("all that are held back" if held_back else "all that it was mended on", held_back, *sums))
    section = Section(title="Page by page", lines=tuple(table(("page", "carried: passed", "careless: passed"), map(row_of, counted))))
    RESULTS.write_text(
        "\n".join((ABOUT, f"{datetime.now(UTC):%Y-%m-%d}, by `python eval/drafts/run.py`.", "", section.markdown())), "utf-8"
    )
    print(f"written: {RESULTS}", file=sys.stderr)
    return 0


def verifier_of_page(name: str) -> Verifier:
    own = HERE / f"{name}.txt"
    text = (own if own.exists() else SEEDS / f"{name}.txt").read_text("utf-8")
    passages = passages_of(read_paper(text), name)
    return Verifier(passages, Names.of(excerpt.text for passage in passages for excerpt in passage.sentences))


def count(path: Path, *, told: bool) -> Counts:
    verifier = verifier_of_page(path.stem)
    written = yaml.safe_load(path.read_text("utf-8"))
    held_back = written.get("held_back", False)
    kept = sum(verifier.verify_text(one).passed for one in written["carried"])
    missed = [one for one in written["careless"] if verifier.verify_text(one).passed]
    for one in missed if told and not held_back else ():
        print(f"{path.stem}: {one}", file=sys.stderr)
    return Counts(path.stem, held_back, kept, len(written["carried"]), len(missed), len(written["careless"]))


def row_of(one: Counts) -> tuple[str, str, str]:
    return one.name, share(one.kept, one.carried), share(one.missed, one.careless)


def share(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{hits} of {of}, {hits / of:.0%} ({low:.0%} to {high:.0%})"


if __name__ == "__main__":
    sys.exit(main())
