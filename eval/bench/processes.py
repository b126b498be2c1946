"""Processes: the services and the model that are measured, each in a process of its own.

Owns starting them, waiting until they are ready, asking what memory they hold, and ending them.
"""

import math
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["BENCH", "ROOT", "Running", "citation_service", "model", "service"]

BENCH = Path(__file__).parent
ROOT = BENCH.parents[1]
STARTS_WITHIN_S = 90.0
STEP_S = 0.01
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, kw_only=True)
class Running:
    """A process that serves; `ready_s` is the time from its start to its first ready answer."""

    process: subprocess.Popen[bytes]
    address: str
    ready_s: float

    def resident_mb(self) -> float:
        """Memory that the process holds now."""
        shown = subprocess.run(["ps", "-o", "rss=", "-p", str(self.process.pid)], capture_output=True, text=True, check=True)
        return int(shown.stdout) / 1024

    def cpu_s(self) -> float:
        """Seconds of processor that the process has used, where Linux counts them; else not a number."""
        counted = Path(f"/proc/{self.process.pid}/stat")
        if not counted.is_file():
            return math.nan
        user, system = counted.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def service(data_dir: Path, *, model_address: str | None = None, model_name: str = "instant") -> Iterator[Running]:
    """`journal-club serve` on a data folder, drafting with a model, or without one."""
    chat = {"ENDPOINT": "none"}
    if model_address is not None:
        chat = {"ENDPOINT": "compatible", "BASE_URL": f"{model_address}/v1", "MODEL": model_name}
    variables = {f"JOURNAL_CLUB_CHAT__{name}": value for name, value in chat.items()} | {"JOURNAL_CLUB_DATA_DIR": str(data_dir)}
    port = free_port()
    command = [str(Path(sys.executable).with_name("journal-club")), "serve", "--port", str(port)]
    with started(command, ready="/readyz", port=port, variables=variables) as running:
        yield running


@contextmanager
def citation_service(data_dir: Path, *, model_address: str, model_name: str = "instant", top_k: int) -> Iterator[Running]:
    """LlamaIndex's CitationQueryEngine behind a FastAPI route, on a folder that `ingest.llama_index` filled."""
    port = free_port()
    command = [sys.executable, str(BENCH / "citation_service.py"), str(data_dir), f"{model_address}/v1", model_name, str(top_k), str(port)]
    with started(command, ready="/ready", port=port) as running:
        yield running


@contextmanager
def model() -> Iterator[Running]:
    """The scripted model; its model names are `instant` and `paced`."""
    port = free_port()
    with started([sys.executable, str(BENCH / "model.py"), str(port)], ready="/v1/models", port=port) as running:
        yield running


@contextmanager
def started(command: Sequence[str], *, ready: str, port: int, variables: Mapping[str, str] | None = None) -> Iterator[Running]:
    """A process that serves on a port, from the moment that its `ready` path answers 200."""
    address = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JOURNAL_CLUB_")}
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment | dict(variables or {}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_ready(f"{address}{ready}", process)
        yield Running(process=process, address=address, ready_s=time.perf_counter() - begun)
    finally:
        end(process)


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Ask until the answer is 200.

    Raises:
        RuntimeError: the process ended, or is not ready in time.
    """
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with DIRECT.open(url, timeout=STARTS_WITHIN_S):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(STEP_S)
    raise RuntimeError(f"{process.args!r} is not ready (exit code {process.poll()})")


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and see to it."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
