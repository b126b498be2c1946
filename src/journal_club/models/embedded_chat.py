"""The embedded chat model: llama.cpp in this process, reached over loopback like every other endpoint.

Owns starting and stopping it. It answers only to a key that is drawn at each start, so that no other program of the machine and no
web page can use it, and it says nothing on stderr. It sends no prompts (`chat` does).
"""

import atexit
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING, Final

from journal_club.models.errors import EmbeddedModelError

if TYPE_CHECKING:
    from xllamacpp import CommonParams, Server  # type: ignore[import-untyped]

__all__ = ["EmbeddedServer"]

_HOST: Final = "127.0.0.1"
_SILENT: Final = -1
_HTTP_THREADS: Final = 4
_BATCH_TOKENS: Final = 512
"""Tokens read at once: a prompt that nobody waits for any more is dropped between two batches."""
_PROMPT_CACHE_MIB: Final = 512
"""For the prefixes of papers that are not the last one asked about; the library's own default is 8 GiB."""


class EmbeddedServer:
    """One model in this process; starts when it is first needed, stops with `close` or with the interpreter."""

    def __init__(self, weights: Path, *, threads: int, context_tokens: int) -> None:
        """Describe the server; nothing is loaded yet.

        Args:
            weights: a GGUF file.
            threads: for reading prompts and for writing.
            context_tokens: room for prompt and answer together.
        """
        self.api_key: Final = token_urlsafe(32)
        self._weights = weights
        self._threads = threads
        self._context_tokens = context_tokens
        self._server: Server | None = None
        self._starting = Lock()

    def start(self) -> str:
        """Load the model unless it is loaded, and give its base URL; takes seconds the first time.

        Raises:
            EmbeddedModelError: llama.cpp cannot load the file.
        """
        with self._starting:
            if self._server is None:
                self._server = self._load()
                # A server that is alive when the interpreter's own parts go would take the process down with it.
                atexit.register(self.close)
            return f"{self._server.listening_address}/v1"

    def close(self) -> None:
        """Stop and free the model; a stopped server may be started again."""
        with self._starting:
            atexit.unregister(self.close)
            self._server = None

    def _load(self) -> "Server":
        from xllamacpp import Server

        if not self._weights.is_file():
            raise EmbeddedModelError(f"{self._weights} is not there: run `make model`, or set JOURNAL_CLUB_CHAT__WEIGHTS")
        try:
            server = Server(self._parameters())
            # The constructor returns before the server's loop runs, and one that is stopped before that never ends. This answer
            # comes from the loop.
            server.handle_metrics()
        except (RuntimeError, ValueError) as error:
            raise EmbeddedModelError(f"llama.cpp cannot load {self._weights}: run `make model`, or set another GGUF file") from error
        return server

    def _parameters(self) -> "CommonParams":
        from xllamacpp import CommonParams

        parameters = CommonParams()
        parameters.model.path = str(self._weights)
        parameters.model_alias = {self._weights.stem}
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = self._threads
        parameters.n_ctx = self._context_tokens
        parameters.n_batch = parameters.n_ubatch = _BATCH_TOKENS
        parameters.n_parallel = 1
        parameters.cache_ram_mib = _PROMPT_CACHE_MIB
        parameters.fit_params = parameters.warmup = False
        parameters.verbosity = _SILENT
        parameters.hostnames, parameters.port = [_HOST], 0
        parameters.n_threads_http = _HTTP_THREADS
        parameters.api_keys = [self.api_key]
        parameters.cors_origins = ""
        parameters.endpoint_metrics = True
        parameters.ui = parameters.endpoint_slots = parameters.endpoint_props = False
        return parameters
