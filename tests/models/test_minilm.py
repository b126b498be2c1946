import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from journal_club.models import minilm as minilm_module
from journal_club.models.errors import WeightsMismatchError, WeightsMissingError
from journal_club.models.minilm import MiniLM, check_weights, model_folder

REFERENCE = Path(__file__).parent.parent / "data" / "minilm-reference.npz"


@pytest.fixture(scope="module")
def reference() -> tuple[list[str], NDArray[np.float32]]:
    stored = np.load(REFERENCE)
    vectors = stored["vectors"].astype(np.float32)
    return [bytes.fromhex(text).decode() for text in stored["texts"]], vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_vectors_are_those_of_the_reference_implementation(minilm: MiniLM, reference: tuple[list[str], NDArray[np.float32]]):
    texts, expected = reference
    cosines = (minilm.embed_passages(texts) * expected).sum(axis=1)
    assert len(texts) == 200
    assert cosines.min() >= 0.99999


def test_rounded_weights_hardly_turn_a_questions_vector(minilm: MiniLM, reference: tuple[list[str], NDArray[np.float32]]):
    texts, expected = reference
    alone = np.stack([minilm.embed_query(text) for text in texts])
    cosines = (alone * expected).sum(axis=1)
    assert cosines.min() >= 0.996
    assert cosines[[len(text.split()) > 4 for text in texts]].min() >= 0.998


def test_a_question_has_one_vector(minilm: MiniLM):
    assert (minilm.embed_query("overall survival") == minilm.embed_query("overall survival")).all()


def test_vectors_have_length_1_and_the_order_of_the_texts(minilm: MiniLM):
    texts = ["a much longer passage about overall survival in the trial", "short", ""]
    vectors = minilm.embed_passages(texts)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[1], minilm.embed_passages(["short"])[0], atol=1e-5)
    assert np.isclose(np.linalg.norm(minilm.embed_query("short")), 1, atol=1e-5)


def test_no_texts_are_no_vectors(minilm: MiniLM):
    assert minilm.embed_passages([]).shape == (0, 384)


def test_words_past_the_window_do_not_count(minilm: MiniLM):
    long = "survival " * 300
    assert np.allclose(minilm.embed_query(long), minilm.embed_query(long + "toxicity " * 50), atol=1e-6)


def test_threads_share_one_model(minilm: MiniLM):
    texts = [f"finding number {number}" for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        together = np.stack(list(pool.map(minilm.embed_query, texts)))
    assert (together == np.stack([minilm.embed_query(text) for text in texts])).all()


def test_the_graphs_are_kept_and_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    MiniLM(cache_dir=tmp_path, threads=1)
    exact, rounded = sorted(kept.stat().st_size for kept in tmp_path.iterdir())
    assert exact < 100_000
    assert rounded < 12_000_000
    monkeypatch.setattr(minilm_module, "write_graph", None)
    MiniLM(cache_dir=tmp_path, threads=1)


def test_a_cache_that_cannot_be_written_is_no_obstacle(tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.touch()
    assert MiniLM(cache_dir=blocked / "cache", threads=1).embed_query("survival").shape == (384,)


def test_damaged_graphs_are_built_again(tmp_path: Path):
    before = MiniLM(cache_dir=tmp_path, threads=1).embed_query("survival")
    for kept in tmp_path.iterdir():
        kept.write_bytes(b"cut short")
    assert (MiniLM(cache_dir=tmp_path, threads=1).embed_query("survival") == before).all()
    assert min(kept.stat().st_size for kept in tmp_path.iterdir()) > 10_000


def test_the_weights_are_the_pinned_ones():
    # It raises where they are not: the next test shows that it does.
    assert check_weights() is None  # type: ignore[func-returns-value]


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(model_folder(), tmp_path / "model", ignore=shutil.ignore_patterns("*.safetensors"))
    (tmp_path / "model" / "model.safetensors").write_bytes(b"other")
    monkeypatch.setattr(minilm_module, "model_folder", lambda: tmp_path / "model")
    with pytest.raises(WeightsMismatchError, match=r"requirements-weights\.lock"):
        MiniLM(cache_dir=tmp_path / "cache", threads=1)


def test_missing_weights_are_told_with_the_way_to_get_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(minilm_module, "_PACKAGE", "no_such_package")
    with pytest.raises(WeightsMissingError, match=r"requirements-weights\.lock"):
        model_folder()


def test_opening_brings_neither_torch_nor_telemetry(tmp_path: Path):
    code = (
        "import sys, os; from pathlib import Path; from journal_club.models.minilm import MiniLM\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "MiniLM(cache_dir=Path(sys.argv[1]), threads=1).embed_query('x')\n"
        "assert not {'torch', 'transformers', 'sentence_transformers', 'chromadb', 'openai'} & set(sys.modules)\n"
        "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "cache")], check=True, env=os.environ | {"HOME": str(tmp_path)})
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
