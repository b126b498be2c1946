"""The application's own start and end."""

from pathlib import Path

import anyio
import pytest
import structlog
from starlette.testclient import TestClient

from journal_club.club import JournalClub, open_club
from journal_club.models.errors import UnreachableError
from journal_club.service.app import create_app
from journal_club.settings import ChatSettings, ServiceSettings, Settings
from tests.service.conftest import HOME, until


def small_club(folder: Path, **limits: float) -> JournalClub:
    service = ServiceSettings.model_validate(limits)
    return open_club(Settings(data_dir=folder, chat=ChatSettings(endpoint="none"), service=service))


def test_the_end_of_the_application_closes_the_club(data_dir: Path) -> None:
    app = create_app(small_club(data_dir))

    async def live() -> None:
        async with app.router.lifespan_context(app):
            pass

    anyio.run(live)
    again = small_club(data_dir)
    assert not again.library.check()
    again.library.close()


def test_a_model_that_cannot_be_warmed_does_not_stop_the_start(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def warm() -> None:
        raise UnreachableError("no connection")

    club = small_club(data_dir)
    monkeypatch.setattr(club, "warm", warm)
    with structlog.testing.capture_logs() as lines, TestClient(create_app(club), base_url=HOME) as client:
        assert client.get("/readyz").status_code == 200
        until(lambda: {"event": "not warmed", "error": "UnreachableError", "log_level": "warning"} in lines)


def test_a_search_that_takes_too_long_is_504(data_dir: Path) -> None:
    club = small_club(data_dir, ask_s=0.000_1)
    client = TestClient(create_app(club), base_url=HOME)
    for path, body in (("/v1/search", {"query": "survival"}), ("/v1/verify", {"text": "HR 0.55."})):
        assert client.post(path, json={"paper_id": "cartitude-4", **body}).status_code == 504
    club.library.close()


def test_a_paper_that_is_too_large_is_413_and_the_largest_passes_however_it_is_escaped(data_dir: Path) -> None:
    club = small_club(data_dir, max_paper_bytes=2000)
    client = TestClient(create_app(club), base_url=HOME)
    for size, status in ((2000, 201), (2001, 413), (50_000, 413)):
        escaped = '{"id": "p' + str(size) + '", "text": "' + "\\u0061" * size + '"}'
        assert client.post("/v1/papers", content=escaped, headers={"content-type": "application/json"}).status_code == status
    club.library.close()
