"""A real Chromium that reads the pages of a real service; without one these tests are skipped, and `make test` says so aloud."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from journal_club.club import JournalClub
from journal_club.service.app import create_app
from tests.clubs import extractive_club
from tests.service.conftest import running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")
"""Chromium looks for updates and accounts otherwise, on a machine that may reach nothing."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JournalClub]:
    """A club without a model, with three papers."""
    club = extractive_club(tmp_path_factory.mktemp("club"))
    yield club
    club.library.close()


@pytest.fixture(scope="session")
def address(club: JournalClub) -> Iterator[str]:
    with running(create_app(club)) as address:
        yield address


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser's session of its own; whatever its pages ask of another machine fails the test."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    outside: list[str] = []
    context.on("request", lambda request: outside.append(request.url) if not request.url.startswith((address, "blob:")) else None)
    yield context
    context.close()
    assert outside == []


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose errors fail the test: a script that broke, words on the console, a refused address."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    assert errors == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder for pictures of the pages."""
    return tmp_path
