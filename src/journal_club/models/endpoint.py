"""The endpoint: who drafts, who embeds, where questions go, and why.

Owns the decisions, made once from the settings. A key that happens to be in the environment is not a decision: it is used for
`openai` alone, and only when a setting names `openai`. It opens no connection (`chat` does).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

from journal_club.models.errors import EndpointError, WeightsMissingError
from journal_club.models.weights import weights_on_disk
from journal_club.settings import ChatSettings, EmbeddingSettings

__all__ = ["EMBEDDED_EMBEDDER", "OPENAI_URL", "Endpoint", "EndpointKind", "choose_embedding_endpoint", "choose_endpoint", "openai_key"]

EndpointKind = Literal["none", "embedded", "openai", "compatible"]

OPENAI_URL: Final = "https://api.openai.com/v1"
EMBEDDED_EMBEDDER: Final = "all-MiniLM-L6-v2"

_CHAT: Final = "JOURNAL_CLUB_CHAT"
_EMBEDDING: Final = "JOURNAL_CLUB_EMBEDDING"
_SETTING: Final = f"{_CHAT}__ENDPOINT"
_KEY: Final = "OPENAI_API_KEY"
_SENT: Final = {_CHAT: "questions and evidence", _EMBEDDING: "questions and passages"}
_BACK: Final = {
    _CHAT: f"{_CHAT}__ENDPOINT=none drafts without a model",
    _EMBEDDING: f"{_EMBEDDING}__ENDPOINT=embedded embeds on this machine",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """Who drafts, or who embeds.

    Attributes:
        model: its name there; for an embedded GGUF the file's name without its ending; None for `none`.
        base_url: None for `none`, and for `embedded`, whose address is known when it runs.
        remote: whether questions leave this machine.
        where: where questions go, in plain words.
        why: how that was decided, and how to change it.
        weights: the GGUF file of an embedded chat model.
    """

    kind: EndpointKind
    model: str | None = None
    base_url: str | None = None
    remote: bool = False
    where: str
    why: str
    weights: Path | None = None


def choose_endpoint(settings: ChatSettings, data_dir: Path, environ: Mapping[str, str]) -> Endpoint:
    """Decide who drafts.

    Args:
        settings: of the chat model.
        data_dir: folder whose `models/` may hold fetched weights.
        environ: looked through for OPENAI_API_KEY, which only `openai` uses.

    Raises:
        EndpointError: `openai` without key or model, or with an address; `compatible` without address or model.
        WeightsMissingError: `embedded`, or a set GGUF path, without the file.
    """
    if settings.endpoint == "openai":
        return _openai(settings, _CHAT, environ)
    if settings.endpoint == "compatible":
        return _compatible(settings, _CHAT)
    if settings.endpoint == "none":
        return _none(f"{_SETTING}=none{_key_hint(environ)}")
    weights = _weights(settings, data_dir)
    if settings.endpoint == "embedded" or weights is not None:
        return _embedded(settings, weights, environ)
    return _none(f"no model is set: `make model` fetches one that runs here, or set {_SETTING} to openai or compatible{_key_hint(environ)}")


def choose_embedding_endpoint(settings: EmbeddingSettings, environ: Mapping[str, str]) -> Endpoint:
    """Decide who embeds.

    Args:
        settings: of the embedder.
        environ: looked through for OPENAI_API_KEY, which only `openai` uses.

    Raises:
        EndpointError: `openai` without key or model, or with an address; `compatible` without address or model.
    """
    if settings.endpoint == "openai":
        return _openai(settings, _EMBEDDING, environ)
    if settings.endpoint == "compatible":
        return _compatible(settings, _EMBEDDING)
    return Endpoint(
        kind="embedded",
        model=EMBEDDED_EMBEDDER,
        where=f"questions stay on this machine: {EMBEDDED_EMBEDDER} in this process embeds them",
        why=f"{_EMBEDDING}__ENDPOINT=embedded",
    )


def openai_key(api_key: SecretStr | None, environ: Mapping[str, str]) -> str | None:
    """The key for OpenAI's own endpoint: the setting, else OPENAI_API_KEY; None when neither is set."""
    return (api_key.get_secret_value() if api_key else None) or environ.get(_KEY) or None


def _openai(settings: ChatSettings | EmbeddingSettings, prefix: str, environ: Mapping[str, str]) -> Endpoint:
    if settings.base_url:
        raise EndpointError(f"{prefix}__ENDPOINT=openai takes no {prefix}__BASE_URL: for another server set {prefix}__ENDPOINT=compatible")
    if openai_key(settings.api_key, environ) is None:
        raise EndpointError(f"{prefix}__ENDPOINT=openai needs a key: set {prefix}__API_KEY or {_KEY}")
    model = _model(settings, prefix)
    return Endpoint(
        kind="openai",
        model=model,
        base_url=OPENAI_URL,
        remote=True,
        where=f"{_SENT[prefix]} leave this machine: they go to OpenAI (api.openai.com), model {model}",
        why=f"{prefix}__ENDPOINT=openai; {_BACK[prefix]}",
    )


def _compatible(settings: ChatSettings | EmbeddingSettings, prefix: str) -> Endpoint:
    address = _server_address(settings.base_url, f"{prefix}__BASE_URL")
    model, remote = _model(settings, prefix), not _is_loopback(address.hostname or "")
    if remote:
        plain = ", unencrypted" if address.scheme == "http" else ""
        where = f"{_SENT[prefix]} leave this machine{plain}: they go to {address.netloc}, model {model}"
    else:
        where = f"questions stay on this machine: they go to the server at {address.netloc}, model {model}"
    why = f"{prefix}__ENDPOINT=compatible; {_BACK[prefix]}"
    return Endpoint(kind="compatible", model=model, base_url=settings.base_url, remote=remote, where=where, why=why)


def _server_address(base_url: str | None, setting: str) -> SplitResult:
    """The parts of a compatible server's address; errors name the setting."""
    if not base_url:
        raise EndpointError(f"a compatible endpoint needs its address: set {setting}, such as http://127.0.0.1:11434/v1")
    address = urlsplit(base_url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise EndpointError(f"{setting} is no http or https address such as http://127.0.0.1:11434/v1")
    if address.username or address.password:
        raise EndpointError(f"{setting} carries credentials: put the key into {setting.replace('BASE_URL', 'API_KEY')} instead")
    return address


def _is_loopback(host: str) -> bool:
    """Whether a host is this machine; a name other than localhost is not, whatever it resolves to."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _embedded(settings: ChatSettings, weights: Path | None, environ: Mapping[str, str]) -> Endpoint:
    if weights is None:
        raise WeightsMissingError(f"{_SETTING}=embedded needs weights: run `make model`, or set JOURNAL_CLUB_CHAT__WEIGHTS to a GGUF file")
    decided = f"{_SETTING}=embedded" if settings.endpoint == "embedded" else f"no endpoint is set and {weights.name} is on disk"
    return Endpoint(
        kind="embedded",
        model=weights.stem,
        where=f"questions stay on this machine: they go to {weights.stem} in this process",
        why=f"{decided}; {_SETTING}=none drafts without a model{_key_hint(environ)}",
        weights=weights,
    )


def _none(why: str) -> Endpoint:
    return Endpoint(kind="none", where="questions stay on this machine: no model drafts, answers are quotes", why=why)


def _weights(settings: ChatSettings, data_dir: Path) -> Path | None:
    if settings.weights is None:
        return weights_on_disk(data_dir)
    weights = settings.weights.expanduser()
    if not weights.is_file():
        raise WeightsMissingError(f"JOURNAL_CLUB_CHAT__WEIGHTS names no file: {weights}")
    return weights


def _model(settings: ChatSettings | EmbeddingSettings, prefix: str) -> str:
    if not settings.model:
        raise EndpointError(f"{prefix}__ENDPOINT={settings.endpoint} needs a model name: set {prefix}__MODEL")
    return settings.model


def _key_hint(environ: Mapping[str, str]) -> str:
    if not environ.get(_KEY):
        return ""
    return f"; {_KEY} is in the environment and is not used: {_SETTING}=openai JOURNAL_CLUB_CHAT__MODEL=<model> would use it"
