"""A real library with the seed and a second page in it, embedded once for the whole room."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journal_club.library.library import Library
from journal_club.library.opening import open_library
from journal_club.models.embedding import Embedder, open_embedder
from journal_club.retrieval.retriever import Retriever
from journal_club.settings import EmbeddingSettings, RetrievalSettings, Settings
from tests.conftest import SECOND_PAGE

OpenLibrary = Callable[..., Library]


@pytest.fixture(scope="session")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    """The embedded model."""
    return open_embedder(EmbeddingSettings(), tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, seed_text: str) -> Iterator[Library]:
    """Two papers that no test changes."""
    library = open_library(Settings(data_dir=tmp_path_factory.mktemp("data")), embedder)
    library.ingest("cartitude-4", seed_text)
    library.ingest("harbor-af", SECOND_PAGE.read_text(encoding="utf-8"))
    yield library
    library.close()


@pytest.fixture(scope="session")
def retriever(library: Library, embedder: Embedder) -> Retriever:
    """Search in the two papers with the default settings."""
    return Retriever(library, embedder, RetrievalSettings())


@pytest.fixture
def empty_library(tmp_path: Path, embedder: Embedder) -> Iterator[Library]:
    """A library of the test's own."""
    library = open_library(Settings(data_dir=tmp_path / "own"), embedder)
    yield library
    library.close()
