from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from journal_club.models.errors import (
    AuthenticationError,
    BadAnswerError,
    CallError,
    DeadlineError,
    EndpointError,
    UpstreamError,
)
from journal_club.models.remote_embedding import RemoteEmbedder, open_remote_embedder
from journal_club.settings import EmbeddingSettings
from tests.scripted_endpoint import Reply, ScriptedEndpoint


@contextmanager
def remote(server: ScriptedEndpoint, **settings: Any) -> Iterator[RemoteEmbedder]:
    embedder = open_remote_embedder(EmbeddingSettings(endpoint="compatible", base_url=server.base_url, model="m", **settings))
    try:
        yield embedder
    finally:
        embedder.close()


def test_vectors_come_in_order_in_batches_and_at_length_1():
    texts = [f"finding {number} of the trial" for number in range(7)]
    with ScriptedEndpoint(dimension=32) as server, remote(server, batch=3) as embedder:
        vectors = embedder.embed_passages(texts)
        alone = np.stack([embedder.embed_query(text) for text in texts])
        assert [len(call.body["input"]) for call in server.embeddings[1:4]] == [3, 3, 1]
    assert (embedder.dimension, vectors.shape) == (32, (7, 32))
    assert np.allclose(vectors, alone)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_no_texts_are_no_call():
    with ScriptedEndpoint() as server, remote(server) as embedder:
        assert embedder.embed_passages([]).shape == (0, 64)
        assert len(server.embeddings) == 1


def test_an_empty_text_has_a_vector():
    with ScriptedEndpoint() as server, remote(server) as embedder:
        assert embedder.embed_query("").shape == (64,)


@pytest.mark.parametrize(("status", "error", "calls"), [(401, AuthenticationError, 1), (500, UpstreamError, 2)])
def test_a_failure_is_typed_and_retried_once_at_most(status: int, error: type[CallError], calls: int):
    with ScriptedEndpoint() as server, remote(server) as embedder:
        server.embedding_replies = Reply(status=status)
        with pytest.raises(error, match=r"127\.0\.0\.1"):
            embedder.embed_query("survival")
        assert len(server.embeddings) == 1 + calls


def test_the_one_retry_may_succeed():
    with ScriptedEndpoint() as server, remote(server) as embedder:
        server.embedding_replies = [Reply(), Reply(status=503), Reply()]
        assert embedder.embed_query("survival").shape == (64,)


@pytest.mark.parametrize(
    "raw", [b"<html>", b"{}", b'{"data": [{"index": 0, "embedding": []}]}', b'{"data": [{"index": 0, "embedding": [0, 0]}]}']
)
def test_what_holds_no_vector_is_an_error(raw: bytes):
    with ScriptedEndpoint() as server, remote(server) as embedder:
        server.embedding_replies = Reply(raw=raw)
        with pytest.raises(BadAnswerError):
            embedder.embed_query("survival")


def test_a_slow_endpoint_meets_the_deadline_of_a_question():
    with ScriptedEndpoint() as server, remote(server, timeout_s=1) as embedder:
        server.embedding_replies = Reply(first_byte_s=20)
        with pytest.raises(DeadlineError):
            embedder.embed_query("survival")


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"endpoint": "openai", "model": "m"}, "OPENAI_API_KEY"),
        ({"endpoint": "openai", "api_key": "k"}, "EMBEDDING__MODEL"),
        ({"endpoint": "openai", "api_key": "k", "model": "m", "base_url": "http://x/v1"}, "EMBEDDING__BASE_URL"),
        ({"endpoint": "compatible", "model": "m"}, "EMBEDDING__BASE_URL"),
    ],
)
def test_what_is_missing_is_named(settings: dict[str, Any], named: str):
    with pytest.raises(EndpointError, match=named):
        open_remote_embedder(EmbeddingSettings(**settings))
