"""The service under test: one club, asked in-process, and real servers where streams and signals matter."""

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from journal_club.club import JournalClub, open_club
from journal_club.service.app import create_app
from journal_club.settings import ChatSettings, ServiceSettings, Settings
from tests.clubs import extractive_club
from tests.scripted_endpoint import ScriptedEndpoint

HOME = "http://127.0.0.1"
QUESTION = "What was the hazard ratio for overall survival?"
DRAFT = "Overall survival was improved with cilta-cel (HR 0.55; 95% CI 0.39–0.79; p=0.0009) [4]. "


@pytest.fixture(scope="session")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JournalClub]:
    """A club without a model, with three papers."""
    club = extractive_club(tmp_path_factory.mktemp("club"))
    yield club
    club.library.close()


@pytest.fixture(scope="session")
def app(club: JournalClub) -> FastAPI:
    return create_app(club)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    """A client of the application in this process; its lifespan is not run, so that the club stays open."""
    return TestClient(app, base_url=HOME, raise_server_exceptions=False)


def ask(question: str = QUESTION, **more: Any) -> dict[str, Any]:
    return {"question": question, "persona": "resident", "paper_id": "cartitude-4", **more}


def events_of(lines: Iterator[str]) -> Iterator[tuple[str, int, str]]:
    """Name, id and data of each event of a stream."""
    fields: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if line and name:
            fields[name] = value
        elif not line and "data" in fields:
            yield fields.get("event", ""), int(fields.get("id", 0)), fields["data"]
            fields = {}


@contextlib.contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """The address of an application that a real server serves from a thread."""
    config = uvicorn.Config(app, port=0, log_config=None, log_level="critical", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def until(condition: Any, *, longest_s: float = 15) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + longest_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


@pytest.fixture(scope="session")
def model() -> Iterator[ScriptedEndpoint]:
    """The model of `live`; a test sets its script."""
    with ScriptedEndpoint(DRAFT) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def live_app(model: ScriptedEndpoint, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """An application whose club drafts with `model`: two places, one more may wait, 2.5 seconds each."""
    chat = ChatSettings(endpoint="compatible", base_url=model.base_url, model="scripted")
    limits = ServiceSettings(concurrency=2, queue=1, ask_s=2.5)
    return create_app(open_club(Settings(data_dir=tmp_path_factory.mktemp("live"), chat=chat, service=limits)))


@pytest.fixture(scope="session")
def live(live_app: FastAPI) -> Iterator[str]:
    """The address of a real server with a scripted model, which has answered its first question: that one loads the model's client."""
    with running(live_app) as address:
        httpx.post(f"{address}/v1/ask", json=ask(), timeout=60, trust_env=False)
        yield address


@pytest.fixture
def http(live: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=live, timeout=20, trust_env=False) as client:
        yield client


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "served"
