"""Embeddings from an OpenAI-compatible endpoint.

Owns its batches, its deadline and its one retry. Vectors are brought to length 1, whatever the endpoint gives.
"""

import os
from collections.abc import Sequence
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from journal_club.models.client import Connection, open_client
from journal_club.models.endpoint import choose_embedding_endpoint, openai_key
from journal_club.models.errors import BadAnswerError, CallError, ModelError
from journal_club.models.failures import call_error, call_failures
from journal_club.models.retry import pause_before_retry
from journal_club.settings import EmbeddingSettings

if TYPE_CHECKING:
    from openai import OpenAI

__all__ = ["RemoteEmbedder", "open_remote_embedder"]

_SETTINGS: Final = "JOURNAL_CLUB_EMBEDDING"
_PASSAGES_S: Final = 60.0
"""Longest wait for one batch of passages: nobody waits for those as for a question."""
_PROBE: Final = "overall survival"


class RemoteEmbedder:
    """A model at an endpoint; its dimension is learnt by one call when it is opened."""

    def __init__(self, client: "OpenAI", *, model: str, place: str, batch: int, timeout_s: float) -> None:
        """Describe the embedder and ask for its dimension.

        Args:
            client: to the endpoint.
            model: its name there.
            place: the endpoint in plain words, for errors.
            batch: passages in one call.
            timeout_s: longest wait for a question's vector, seconds.

        Raises:
            CallError: the endpoint did not give a vector.
        """
        self._client = client
        self._model = model
        self._place = place
        self._batch = batch
        self._timeout_s = timeout_s
        self.name: Final = f"{place}/{model}"
        self.dimension: Final = len(self.embed_query(_PROBE))

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (texts, dimension), each of length 1.

        Raises:
            CallError: the endpoint failed, twice where that may have helped.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), self._batch):
            batch = texts[start : start + self._batch]
            vectors[start : start + len(batch)] = self._embedded(batch, _PASSAGES_S)
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of one question, (dimension,), of length 1.

        Raises:
            CallError: the endpoint failed, twice where that may have helped.
        """
        vector: NDArray[np.float32] = self._embedded([text], self._timeout_s)[0]
        return vector

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _embedded(self, texts: Sequence[str], within_s: float) -> NDArray[np.float32]:
        """One batch, after one retry at most, all within the deadline."""
        ends = monotonic() + within_s
        try:
            return self._attempt(texts, within_s)
        except CallError as error:
            pause = pause_before_retry(error, ends - monotonic())
            if pause is None:
                raise
        sleep(pause)
        return self._attempt(texts, ends - monotonic())

    def _attempt(self, texts: Sequence[str], within_s: float) -> NDArray[np.float32]:
        # An empty text is refused by some endpoints; a space stands for it.
        sent = [text or " " for text in texts]
        try:
            answer = self._client.embeddings.create(model=self._model, input=sent, encoding_format="float", timeout=within_s)
        except call_failures() as error:
            raise call_error(error, place=self._place, settings=_SETTINGS) from error
        try:
            ordered = sorted(answer.data, key=lambda item: item.index)
            vectors = np.asarray([item.embedding for item in ordered], np.float32)
        except (AttributeError, TypeError, ValueError) as error:
            raise BadAnswerError(f"{self._place} sent no vectors: check {_SETTINGS}__MODEL") from error
        return self._unit(vectors, len(texts))

    def _unit(self, vectors: NDArray[np.float32], count: int) -> NDArray[np.float32]:
        known = getattr(self, "dimension", vectors.shape[-1])
        lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
        if vectors.shape != (count, known) or not np.isfinite(lengths).all() or not (lengths > 0).all():
            raise BadAnswerError(f"{self._place} sent vectors of shape {vectors.shape} for {count} texts: check {_SETTINGS}__MODEL")
        unit: NDArray[np.float32] = vectors / lengths
        return unit


def open_remote_embedder(settings: EmbeddingSettings) -> RemoteEmbedder:
    """Open the embedder of `openai` or `compatible`; calls the endpoint once.

    Raises:
        EndpointError: a key, an address or a model name is missing.
        CallError: the endpoint did not give a vector.
    """
    endpoint = choose_embedding_endpoint(settings, os.environ)
    key = settings.api_key.get_secret_value() if settings.api_key else None
    if endpoint.kind == "openai":
        key = openai_key(settings.api_key, os.environ)
    address = endpoint.base_url or ""
    client = open_client(Connection(base_url=address, api_key=key, remote=endpoint.remote, read_s=_PASSAGES_S))
    try:
        return RemoteEmbedder(
            client, model=endpoint.model or "", place=urlsplit(address).netloc, batch=settings.batch, timeout_s=settings.timeout_s
        )
    except ModelError:
        client.close()
        raise
