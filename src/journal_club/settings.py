"""Settings: built once in the entry point and passed down, never a module global.

Every field is set by an environment variable `JOURNAL_CLUB_<GROUP>__<FIELD>`; `JOURNAL_CLUB_DATA_DIR` has no group. A variable
with our prefix that is no setting is refused, so that a misspelt one cannot be ignored.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = [
    "ChatSettings",
    "EmbeddingSettings",
    "RetrievalSettings",
    "ServiceSettings",
    "Settings",
    "SettingsError",
    "StoreSettings",
    "load_settings",
]

PREFIX = "JOURNAL_CLUB_"


class SettingsError(Exception):
    """A setting is unknown or has a value that is not allowed; the message names the variable and what it takes."""


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChatSettings(_Group):
    """Which model drafts, and within what limits."""

    endpoint: Literal["auto", "none", "embedded", "openai", "compatible"] = Field(
        default="auto",
        description="Who drafts: `none` (extractive), `embedded` (llama.cpp in this process), `openai`, `compatible` (base_url); "
        "`auto` is `embedded` when its weights are on disk, else `none`.",
    )
    base_url: str | None = Field(
        default=None, description="Address of an OpenAI-compatible server, for `compatible`, such as http://127.0.0.1:11434/v1."
    )
    api_key: SecretStr | None = Field(
        default=None, description="Key for `openai` or `compatible`; for `openai` OPENAI_API_KEY serves when this is unset."
    )
    model: str | None = Field(default=None, description="Model name at the endpoint; required for `openai` and `compatible`.")
    weights: Path | None = Field(
        default=None, description="GGUF file for `embedded`; unset: the one that `make model` fetched into the data folder."
    )
    threads: int = Field(default=2, ge=1, le=256, description="Threads of the embedded model.")
    context_tokens: int = Field(default=8192, ge=1024, le=1_000_000, description="Context window of the model, tokens.")
    max_tokens: int = Field(default=400, ge=16, le=8192, description="Longest draft, tokens.")
    temperature: float = Field(default=0.0, ge=0, le=2, description="Sampling temperature of the draft.")
    first_token_s: float = Field(default=15, gt=0, description="Longest wait for the first token of a remote draft, seconds.")
    between_tokens_s: float = Field(default=20, gt=0, description="Longest wait between two tokens, seconds.")
    draft_s: float = Field(default=45, gt=0, description="Longest time for a whole remote draft, seconds.")
    embedded_first_token_s: float = Field(
        default=120, gt=0, description="Longest wait for the embedded model's first token (a cold prompt on a slow machine), seconds."
    )
    embedded_draft_s: float = Field(default=240, gt=0, description="Longest time for a whole draft of the embedded model, seconds.")
    allow_background: bool = Field(
        default=False, description="Let a caller ask for background sentences (general knowledge, marked as such)."
    )


class EmbeddingSettings(_Group):
    """Which model turns passages and questions into vectors."""

    endpoint: Literal["embedded", "openai", "compatible"] = Field(
        default="embedded", description="`embedded` is all-MiniLM-L6-v2 in this process."
    )
    base_url: str | None = Field(default=None, description="Address of an OpenAI-compatible embeddings server, for `compatible`.")
    api_key: SecretStr | None = Field(
        default=None, description="Key for `openai` or `compatible`; for `openai` OPENAI_API_KEY serves when this is unset."
    )
    model: str | None = Field(default=None, description="Model name at the endpoint; required for `openai` and `compatible`.")
    threads: int = Field(default=2, ge=1, le=256, description="Threads of the embedded model.")
    batch: int = Field(default=64, ge=1, le=2048, description="Passages in one call of a remote endpoint.")
    timeout_s: float = Field(default=5, gt=0, description="Longest wait for a remote question's vector, seconds.")


class StoreSettings(_Group):
    """Where Chroma is."""

    chroma_url: str | None = Field(
        default=None, description="Address of a Chroma server, such as http://127.0.0.1:8001; unset: embedded in the data folder."
    )
    allow_remote: bool = Field(default=False, description="Accept a Chroma server that is not on loopback: it has no log-in.")


class RetrievalSettings(_Group):
    """How evidence is found."""

    top_k: int = Field(default=8, ge=1, le=50, description="Passages retrieved for a question.")
    candidates: int = Field(default=50, ge=10, le=1000, description="Passages that each of dense and lexical search hands to fusion.")
    evidence_tokens: int = Field(
        default=3000, ge=200, le=100_000, description="Token budget of the evidence in a prompt; a text that fits is offered whole."
    )


class ServiceSettings(_Group):
    """The HTTP service."""

    host: str = Field(default="127.0.0.1", description="Address to bind; loopback only until there are keys.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to bind; 0 takes a free one.")
    allowed_hosts: tuple[str, ...] = Field(
        default=("127.0.0.1", "localhost", "[::1]"), description="Values of the Host header that are served, without port."
    )
    max_question_chars: int = Field(default=2000, ge=1, description="Longest question, characters.")
    max_body_bytes: int = Field(default=65_536, ge=1024, description="Largest request body but for a paper's, bytes.")
    max_paper_bytes: int = Field(default=5_000_000, ge=1024, description="Largest paper, bytes.")
    ask_s: float = Field(
        default=60, gt=0, description="Longest time for an answer, seconds; the embedded model's own limits are added to it."
    )
    graceful_s: float = Field(default=5, gt=0, description="How long open streams may go on after SIGTERM, seconds.")
    concurrency: int = Field(default=8, ge=1, description="Answers generated at once; the next ones queue.")
    queue: int = Field(default=64, ge=0, description="Questions that may wait; one more gets 429.")


class Settings(BaseSettings):
    """All settings of one process."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    data_dir: Path = Field(
        default=Path("~/.local/share/journal-club"), description="Folder of everything that lasts.", validate_default=True
    )
    prompts_dir: Path | None = Field(default=None, description="Folder of prompts and personas; unset: the packaged ones.")
    seeds_dir: Path | None = Field(default=None, description="Folder of papers ingested on first start; unset: the packaged ones.")
    eval_dir: Path | None = Field(default=None, description="Folder of the evaluation suite's cases and gate; unset: the packaged one.")
    chat: ChatSettings = ChatSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    store: StoreSettings = StoreSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    service: ServiceSettings = ServiceSettings()

    def model_post_init(self, _context: object) -> None:
        """Expand `~` once, here."""
        object.__setattr__(self, "data_dir", self.data_dir.expanduser())


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Args:
        environ: looked through for unknown names with our prefix; the process's environment when None.

    Raises:
        SettingsError: a variable with our prefix is no setting, or a value is not allowed.
    """
    names = os.environ if environ is None else environ
    known = set(variables())
    unknown = sorted(name for name in names if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise SettingsError(f"{unknown[0]} is no setting of journal-club; `journal-club config` lists them")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "__".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg']}") from error


def variables() -> Iterator[str]:
    """Every environment variable that is a setting, in the order of the fields."""
    for name, field in Settings.model_fields.items():
        group = field.annotation
        if isinstance(group, type) and issubclass(group, _Group):
            yield from (f"{PREFIX}{name}__{inner}".upper() for inner in group.model_fields)
        else:
            yield f"{PREFIX}{name}".upper()
