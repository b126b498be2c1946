"""Run: all benchmarks, one after the other, into `eval/bench/results.md`.

Each figure runs in a process of its own, with a limit on its time; one that fails or is too slow is reported as that, and the others
go on. Progress goes to stderr. With `--only` nothing is written: the section goes to stdout.

Run: `make bench [PUBMEDQA=FOLDER]`, or `python eval/bench/run.py [--only NAME] [--pubmedqa FOLDER]`.
"""

import argparse
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from section import Section, row_of, table

__all__ = ["FIGURES"]

BENCH = Path(__file__).parent
ROOT = BENCH.parents[1]
RESULTS = BENCH / "results.md"
DATA_FIGURE = "ranking"
PACKAGES = (
    "journal-club",
    "llama-index-core",
    "llama-index-llms-openai-like",
    "llama-index-vector-stores-chroma",
    "chromadb",
    "onnxruntime",
    "tokenizers",
    "bm25s",
    "fastapi",
    "uvicorn",
    "openai",
    "httpx",
    "numpy",
)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One file of this folder, and how long it may take."""

    name: str
    limit_s: float
    arguments: tuple[str, ...] = ()

    def command(self, *more: str) -> list[str]:
        return [str(BENCH.relative_to(ROOT) / f"{self.name}.py"), *self.arguments, *more]


FIGURES = (
    Figure(name="own_time", limit_s=90),
    Figure(name="answers", limit_s=300),
    Figure(name="search", limit_s=120),
    Figure(name="ingest", limit_s=180),
    Figure(name="unchanged", limit_s=60),
    Figure(name="start", limit_s=150),
    Figure(name="embedder", limit_s=150),
    Figure(name="speed", limit_s=240),
    Figure(name="ranking", limit_s=240),
)
"""In all these limits are longer than a run on two quiet cores takes: about ten minutes."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=[figure.name for figure in FIGURES], action="append", help="run this one; may be repeated")
    parser.add_argument("--pubmedqa", default=os.environ.get("PUBMEDQA"), help="folder that holds PubMedQA's dev.json")
    parser.add_argument("--patience", type=float, default=1.0, help="times that every limit is stretched, for a busy machine")
    asked = parser.parse_args()
    chosen = [figure for figure in FIGURES if not asked.only or figure.name in asked.only]
    data = ("--data", str(Path(asked.pubmedqa).resolve())) if asked.pubmedqa else ()
    begun = time.monotonic()
    before = os.getloadavg()[0]
    ran = [(figure, run(figure, data if figure.name == DATA_FIGURE else (), patience=asked.patience)) for figure in chosen]
    report = "\n".join(lines(ran, minutes=(time.monotonic() - begun) / 60, load=before)) + "\n"
    if asked.only:
        print(report, end="")
    else:
        RESULTS.write_text(report, encoding="utf-8")
        print(f"written: {RESULTS.relative_to(ROOT)}", file=sys.stderr)
    return 1 if any(section.failed for _, section in ran) else 0


def run(figure: Figure, more: Sequence[str], *, patience: float) -> Section:
    """What a figure's process hands over; what went wrong when it hands nothing over."""
    print(f"{figure.name} ...", file=sys.stderr, flush=True)
    begun = time.monotonic()
    command = [sys.executable, *figure.command(*more, "--json")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        printed, _ = process.communicate(timeout=figure.limit_s * patience)
    except subprocess.TimeoutExpired:
        # The services that it started are in its session, and end with it.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return failure(figure, f"it took longer than {figure.limit_s * patience:.0f} s")
    if process.returncode:
        return failure(figure, f"it ended with exit code {process.returncode}")
    print(f"{figure.name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return Section.from_json(printed)


def failure(figure: Figure, reason: str) -> Section:
    print(f"{figure.name}: {reason}", file=sys.stderr, flush=True)
    return Section(title=figure.name, lines=(f"**Failed**: {reason}.",), failed=True)


def lines(ran: Sequence[tuple[Figure, Section]], *, minutes: float, load: float) -> Iterator[str]:
    """The results as Markdown."""
    targets = [target for _, section in ran for target in section.targets]
    yield from ("# Benchmarks", "", *machine(minutes=minutes, load=load), "")
    yield from table(("what", "figure", "measured", "reached"), [row_of(target) for target in targets])
    for figure, section in ran:
        shown = " ".join(figure.command(*(("--data", "FOLDER") if figure.name == DATA_FIGURE else ())))
        yield from ("", f"## {section.title}", "", f"`.venv/bin/python {shown}`", "", *section.lines)


def machine(*, minutes: float, load: float) -> Iterator[str]:
    """When, on what and with what."""
    processor = processor_name() or platform.processor() or platform.machine()
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    yield f"{datetime.now(UTC):%Y-%m-%d}, by `make bench`, in {minutes:.0f} minutes."
    yield f"{os.cpu_count()} cores ({processor}), load {load:.1f} at the start, {platform.system()}, Python {platform.python_version()}."
    yield f"{versions}."
    yield "Whatever is compared ran side by side, in turn, in one run: read the ratios, since milliseconds are those of this machine."


def processor_name() -> str:
    """The processor, where Linux says it."""
    described = Path("/proc/cpuinfo")
    if not described.is_file():
        return ""
    names = [line.partition(":")[2].strip() for line in described.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
    return names[0] if names else ""


if __name__ == "__main__":
    sys.exit(main())
