from pathlib import Path

from journal_club.models.embedding import Embedder, open_embedder
from journal_club.models.minilm import MiniLM
from journal_club.models.remote_embedding import RemoteEmbedder
from journal_club.settings import EmbeddingSettings
from tests.scripted_endpoint import ScriptedEndpoint


def test_nothing_set_is_the_embedded_model(tmp_path: Path):
    embedder: Embedder = open_embedder(EmbeddingSettings(), tmp_path)
    assert isinstance(embedder, MiniLM)
    assert (embedder.name, embedder.dimension) == ("all-MiniLM-L6-v2", 384)


def test_a_compatible_endpoint_is_the_remote_one(tmp_path: Path):
    with ScriptedEndpoint() as server:
        embedder = open_embedder(EmbeddingSettings(endpoint="compatible", base_url=server.base_url, model="m"), tmp_path)
        assert isinstance(embedder, RemoteEmbedder)
        embedder.close()
