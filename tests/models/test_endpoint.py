from pathlib import Path
from typing import Any

import pytest

from journal_club.models.endpoint import Endpoint, choose_embedding_endpoint, choose_endpoint
from journal_club.models.errors import EndpointError, WeightsMissingError
from journal_club.models.weights import models_folder
from journal_club.settings import ChatSettings, EmbeddingSettings

KEY = {"OPENAI_API_KEY": "sk-environment"}
FILE = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"


def chosen(data_dir: Path, environ: dict[str, str] | None = None, **settings: Any) -> Endpoint:
    return choose_endpoint(ChatSettings(**settings), data_dir, environ or {})


@pytest.fixture
def with_weights(tmp_path: Path) -> Path:
    models_folder(tmp_path).mkdir()
    (models_folder(tmp_path) / FILE).touch()
    return tmp_path


def test_nothing_set_is_no_model(tmp_path: Path):
    endpoint = chosen(tmp_path)
    assert (endpoint.kind, endpoint.remote) == ("none", False)
    assert "make model" in endpoint.why


def test_nothing_set_with_weights_on_disk_is_the_embedded_model(with_weights: Path):
    endpoint = chosen(with_weights)
    assert (endpoint.kind, endpoint.remote, endpoint.model) == ("embedded", False, Path(FILE).stem)


def test_a_key_in_the_environment_is_no_decision_and_the_reason_says_how_to_use_it(tmp_path: Path, with_weights: Path):
    for data_dir, kind in ((tmp_path / "empty", "none"), (with_weights, "embedded")):
        endpoint = chosen(data_dir, KEY)
        assert (endpoint.kind, endpoint.remote) == (kind, False)
        assert "JOURNAL_CLUB_CHAT__ENDPOINT=openai JOURNAL_CLUB_CHAT__MODEL=" in endpoint.why
        assert "sk-environment" not in repr(endpoint)


def test_openai_says_that_questions_leave_the_machine(tmp_path: Path):
    endpoint = chosen(tmp_path, KEY, endpoint="openai", model="gpt-4.1")
    assert endpoint.remote
    assert "leave this machine" in endpoint.where
    assert endpoint.base_url == "https://api.openai.com/v1"


def test_an_address_in_the_environment_does_not_redirect(tmp_path: Path):
    environ = KEY | {"OPENAI_BASE_URL": "https://elsewhere.example/v1"}
    assert chosen(tmp_path, environ, endpoint="openai", model="m").base_url == "https://api.openai.com/v1"


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"endpoint": "openai", "model": "m"}, "OPENAI_API_KEY"),
        ({"endpoint": "openai", "api_key": "k"}, "CHAT__MODEL"),
        ({"endpoint": "openai", "api_key": "k", "model": "m", "base_url": "http://x/v1"}, "CHAT__ENDPOINT=compatible"),
        ({"endpoint": "compatible", "model": "m"}, "CHAT__BASE_URL"),
        ({"endpoint": "compatible", "model": "m", "base_url": "localhost:11434"}, "CHAT__BASE_URL"),
        ({"endpoint": "compatible", "model": "m", "base_url": "http://me:pw@x/v1"}, "CHAT__API_KEY"),
        ({"endpoint": "compatible", "base_url": "http://127.0.0.1:1/v1"}, "CHAT__MODEL"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, settings: dict[str, Any], named: str):
    with pytest.raises(EndpointError, match=named):
        chosen(tmp_path, **settings)


@pytest.mark.parametrize(
    "settings", [{"endpoint": "embedded"}, {"weights": "/no/such.gguf"}, {"endpoint": "embedded", "weights": "/no/such.gguf"}]
)
def test_missing_weights_are_an_error_where_they_were_asked_for(tmp_path: Path, settings: dict[str, Any]):
    with pytest.raises(WeightsMissingError):
        chosen(tmp_path, **settings)


def test_a_set_path_comes_before_what_was_fetched(with_weights: Path, tmp_path: Path):
    other = tmp_path / "other.gguf"
    other.touch()
    assert chosen(with_weights, weights=other).weights == other


def test_a_server_elsewhere_is_remote_and_plain_http_is_told(tmp_path: Path):
    near = chosen(tmp_path, endpoint="compatible", model="m", base_url="http://127.0.0.1:11434/v1")
    far = chosen(tmp_path, endpoint="compatible", model="m", base_url="http://10.0.0.2/v1")
    assert (near.remote, far.remote) == (False, True)
    assert "unencrypted" in far.where


@pytest.mark.parametrize(
    ("host", "remote"),
    [("localhost", False), ("[::1]", False), ("127.9.9.9", False), ("localhost.example", True), ("0.0.0.0", True), ("LOCALHOST", False)],
)
def test_only_this_machine_is_not_remote(tmp_path: Path, host: str, remote: bool):
    assert chosen(tmp_path, endpoint="compatible", model="m", base_url=f"http://{host}:1/v1").remote is remote


def test_the_embedder_says_where_questions_go_too():
    near = choose_embedding_endpoint(EmbeddingSettings(), KEY)
    far = choose_embedding_endpoint(EmbeddingSettings(endpoint="openai", model="m"), KEY)
    assert (near.kind, near.remote, far.remote) == ("embedded", False, True)
    assert "questions and passages leave this machine" in far.where
    assert "JOURNAL_CLUB_EMBEDDING__ENDPOINT=embedded" in far.why
