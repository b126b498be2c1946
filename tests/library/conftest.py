"""A small library: real Chroma, real papers, and an embedder that is quick and counts."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journal_club.library.library import Library
from journal_club.library.opening import open_library
from journal_club.settings import Settings, StoreSettings
from tests.library.hashing import HashEmbedder

PARAGRAPHS = (
    "# A trial of tea\n\n## Methods\n\nWe randomised 80 patients to tea or water.\n\n## Results\n\n"
    "Sleep was shorter with tea (5.1 vs. 7.4 hours).\n\nNobody died.\n\n## Discussion\n\nTea keeps people awake.\n"
)


@pytest.fixture
def paper_text() -> str:
    """A short paper of four paragraphs under three headings."""
    return PARAGRAPHS


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def library(settings: Settings, embedder: HashEmbedder) -> Iterator[Library]:
    with_library = open_library(settings, embedder)
    yield with_library
    with_library.close()


@pytest.fixture
def reopened(library: Library, settings: Settings, embedder: HashEmbedder) -> Iterator[Callable[[], Library]]:
    """Close the library and open it again, as a new process would."""
    opened: list[Library] = []

    def reopen() -> Library:
        library.close()
        opened.append(open_library(settings, embedder))
        return opened[-1]

    yield reopen
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port: int, *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@pytest.fixture
def two_clients(chroma_url: str, settings: Settings, embedder: HashEmbedder) -> Iterator[tuple[Library, Library]]:
    """Two libraries on one server, as two processes have them; emptied afterwards."""
    served = settings.model_copy(update={"store": StoreSettings(chroma_url=chroma_url)})
    one, other = open_library(served, embedder), open_library(served, HashEmbedder())
    yield one, other
    for record in one.records():
        one.delete(record.id)
    one.close()
    other.close()
