"""The door to embeddings: what an embedder is, and which one the settings ask for.

Owns the protocol `Embedder` and the choice. The embedded model is `minilm`, an endpoint's `remote_embedding`; llama-index's
interface is `llama_embedding`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from journal_club.settings import EmbeddingSettings

__all__ = ["Closeable", "Embedder", "open_embedder"]


@runtime_checkable
class Closeable(Protocol):
    """Holds connections, as a remote embedder does."""

    def close(self) -> None: ...  # noqa: D102


class Embedder(Protocol):
    """Texts to vectors of length 1; safe to call from several threads.

    Attributes:
        name: identifies the vectors: two embedders of one name give the same vectors for the same text.
        dimension: of the vectors.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def dimension(self) -> int: ...  # noqa: D102

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (texts, dimension), in the order of the texts; shape (0, dimension) for none."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of one question, (dimension,)."""
        ...


def open_embedder(settings: EmbeddingSettings, cache_dir: Path) -> Embedder:
    """Open the embedder that the settings name.

    Args:
        settings: which one.
        cache_dir: folder for what may be written again at any time; need not exist, need not be writable.

    Raises:
        EndpointError: a remote embedder lacks its key, address or model name.
        WeightsError: the embedded model's weights are missing or not the pinned ones.
        CallError: a remote embedder did not tell its dimension.
    """
    if settings.endpoint == "embedded":
        from journal_club.models.minilm import MiniLM

        return MiniLM(cache_dir=cache_dir, threads=settings.threads)
    from journal_club.models.remote_embedding import open_remote_embedder

    return open_remote_embedder(settings)
