"""Ranking: the figures of `pubmedqa.py`, when its data are there.

Run: `python eval/bench/ranking.py [--data FOLDER] [--limit N]`.
"""

import sys
from pathlib import Path

import pubmedqa
from section import Section, Target, arguments, tell

__all__ = ["measure"]

TITLE = "Retrieval on PubMedQA"


def measure(folder: Path, *, limit: int | None) -> Section:
    """Mean reciprocal ranks and hits of dense, BM25 and fused search on each query set."""
    rows = pubmedqa.measure(folder, limit=limit)
    if not rows:
        skipped = "Skipped: there is no `dev.json` in the folder that was named (`make bench PUBMEDQA=FOLDER`)."
        return Section(title=TITLE, lines=(skipped,), targets=tuple(target(queries, None) for queries in pubmedqa.FIGURES))
    mrr = {(row.queries, row.search): row.mrr for row in rows}
    gains = {queries: mrr[queries, "fused"] - max(mrr[queries, "dense"], mrr[queries, "BM25"]) for queries in pubmedqa.FIGURES}
    return Section(
        title=TITLE,
        lines=(
            "A question to a passage of its own abstract. Q: as written; H: the long answer without the question's words; M: the MeSH",
            "headings without them. `fused` is the service's own search, `ranks` the plain fusion of ranks.",
            "",
            *pubmedqa.table(rows),
        ),
        targets=tuple(target(queries, gain) for queries, gain in gains.items()),
    )


def target(queries: str, gain: float | None) -> Target:
    least = pubmedqa.FIGURES[queries]
    return Target(
        what=f"fused MRR@10 on PubMedQA, set {queries}, against the better of dense and BM25",
        figure=f">= {least:+.3f}" if least else "above both",
        measured="" if gain is None else f"{gain:+.4f}",
        reached=None if gain is None else (gain >= least if least else gain > 0),
    )


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, default=pubmedqa.DATA, help="folder that holds dev.json")
    parser.add_argument("--limit", type=int, default=None, help="abstracts to take; all when left out")
    asked = parser.parse_args()
    return tell(measure(asked.data, limit=asked.limit), asked)


if __name__ == "__main__":
    sys.exit(main())
