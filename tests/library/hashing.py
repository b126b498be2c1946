"""An embedder without a model: every text has a vector that its hash decides. It counts its calls."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray


class HashEmbedder:
    """Vectors of length 1 in no meaningful order, the same for the same text."""

    def __init__(self, *, name: str = "hash", dimension: int = 48) -> None:
        self.name = name
        self.dimension = dimension
        self.calls: list[tuple[str, ...]] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls.append(tuple(texts))
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        seed = int.from_bytes(sha256(f"{self.name}{text}".encode()).digest()[:8])
        vector = np.random.default_rng(seed).normal(size=self.dimension).astype(np.float32)
        length: np.float32 = np.linalg.norm(vector)
        return vector / length
