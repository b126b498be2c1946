"""Speed: the figures of `retrieval_speed.py`, on the seed page and on a paper of 50,000 passages.

Run: `python eval/bench/speed.py [--passages N] [--rounds N]`.
"""

import sys

import retrieval_speed
from section import Section, Target, arguments, tell

__all__ = ["measure"]

PAGE_MS = 12.0
LONG_MS = 25.0


def measure(*, passages: int, rounds: int) -> Section:
    """Milliseconds of a question, the question's embedding included."""
    page, long = retrieval_speed.measure(passages=passages, rounds=rounds)
    return Section(
        title="Speed of retrieval",
        lines=tuple(retrieval_speed.table((page, long))),
        targets=(
            target("one paper", page.p50_ms, PAGE_MS),
            target(f"{long.passages:,} passages", long.p50_ms, LONG_MS),
        ),
    )


def target(what: str, p50_ms: float, most_ms: float) -> Target:
    return Target(
        what=f"retrieval p50, the question's embedding included, {what}",
        figure=f"<= {most_ms:.0f} ms",
        measured=f"{p50_ms:.1f} ms",
        reached=p50_ms <= most_ms,
    )


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--passages", type=int, default=50_000, help="passages of the made-up paper")
    parser.add_argument("--rounds", type=int, default=25, help="how often each question is asked")
    asked = parser.parse_args()
    return tell(measure(passages=asked.passages, rounds=asked.rounds), asked)


if __name__ == "__main__":
    sys.exit(main())
