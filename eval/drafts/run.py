"""Run: hold verification to what models wrote of whole pages, true and careless, into `eval/drafts/results.md`.

Run: `python eval/drafts/run.py [-v]`; `-v` prints the careless sentences that passed. `PAGE.txt` is a page, the seed's stands in `seeds/`;
`PAGE.yaml` has the sentences, marks left out: each is held against the whole page. A language model wrote them, another checked each
against the passages that it was given.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

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

Sentences of a capable model about eight pages, each true by its passages ("carried"), and for each one that a careless model might have
written instead ("careless"): another row's number, groups turned round, a "not" lost, a cause or a detail invented. Verification was mended
on all of them: these are no held-back figures. Intervals are Wilson's.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-v", "--verbose", action="store_true", help="print the careless sentences that passed")
    told = parser.parse_args().verbose
    counted: list[tuple[str, int, int, int, int]] = []
    for path in sorted(HERE.glob("*.yaml")):
        verifier = verifier_of_page(path.stem)
        written = yaml.safe_load(path.read_text("utf-8"))
        kept = [one for one in written["carried"] if verifier.verify_text(one).passed]
        missed = [one for one in written["careless"] if verifier.verify_text(one).passed]
        counted.append((path.stem, len(kept), len(written["carried"]), len(missed), len(written["careless"])))
        print(*(f"{path.stem}: {one}" for one in missed if told), sep="\n", end="\n" if told and missed else "", file=sys.stderr)
    counted.append(("all", *(sum(column) for column in zip(*(row[1:] for row in counted), strict=True))))
    section = Section(title="Eight pages", lines=tuple(table(("page", "carried: passed", "careless: passed"), rows_of(counted))))
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


def rows_of(counted: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[str, str, str]]:
    return [(name, share(kept, carried), share(missed, careless)) for name, kept, carried, missed, careless in counted]


def share(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{hits} of {of}, {hits / of:.0%} ({low:.0%} to {high:.0%})"


if __name__ == "__main__":
    sys.exit(main())
