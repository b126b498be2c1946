"""A real Chromium that reads the pages of a real service; without one these tests are skipped, and `make test` says so aloud."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from journal_club.club import JournalClub, open_club
from journal_club.service.app import create_app
from journal_club.settings import ChatSettings, Settings
from tests.clubs import extractive_club
from tests.scripted_endpoint import ScriptedEndpoint
from tests.service.conftest import running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")
"""Chromium looks for updates and accounts otherwise, on a machine that may reach nothing."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """No longer than the module: while it is open an event loop runs in this thread, where other tests run theirs."""
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


NASTY = "<script>window.owned = 1</script> <img src=x onerror='window.owned = 2'> [a](javascript:window.owned=3)"


@pytest.fixture
def nasty_paper(club: JournalClub) -> Iterator[str]:
    """A paper full of what browsers might run, and of characters that hide or turn round others."""
    club.library.ingest("nasty", f"{NASTY}\n\nResults\n\nThe dose was 5\u200b mg \u202ein all. {NASTY}\n")
    yield "nasty"
    club.library.delete("nasty")


@contextlib.contextmanager
def drafting(chromium: Browser, folder: Path, draft: str) -> Iterator[Page]:
    """A page of a service whose model says one thing."""
    with ScriptedEndpoint(draft) as model:
        chat = ChatSettings.model_validate({"endpoint": "compatible", "base_url": model.base_url, "model": "scripted"})
        club = open_club(Settings(data_dir=folder, chat=chat))
        with running(create_app(club)) as address:
            context = chromium.new_context(base_url=address)
            yield context.new_page()
            context.close()


@pytest.fixture
def drafted(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of a service whose model drafts a wrong hazard ratio."""
    with drafting(chromium, tmp_path, "Overall survival was improved (HR 0.45; p=0.0009) [4]. ") as page:
        yield page


@pytest.fixture
def hostile(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of a service whose model drafts markup."""
    with drafting(chromium, tmp_path, f"{NASTY} [5]. The \u202etrial\u200b was <b>blinded</b> [5]. ") as page:
        yield page
