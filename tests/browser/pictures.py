"""Pictures of the reading room: for people to look at, and four of them for the README.

Run: `python -m tests.browser.pictures FOLDER`.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from journal_club.service.app import create_app
from tests.browser.conftest import CHROMIUM, QUIET
from tests.clubs import extractive_club
from tests.service.conftest import running

ROOM = "/papers/cartitude-4"
WIDTHS = (390, 768, 1280)
TRIED = "It is a single infusion after lymphodepletion. Watch for CRS and ICANS. The hazard ratio for OS was 0.45."


def ask(page: Page, question: str) -> None:
    """Ask, and follow the first citation."""
    page.goto(ROOM)
    page.fill("#question", question)
    page.click("#ask > button[type=submit]")
    page.wait_for_selector(".answer .notice")
    if page.locator(".answer .mark").count():
        page.locator(".answer .mark").first.click()
    page.wait_for_timeout(900)


def every_view(browser: Browser, address: str, folder: Path) -> None:
    """Each view at three widths, light and dark."""
    for scheme in ("light", "dark"):
        for width in WIDTHS:
            context = browser.new_context(base_url=address, color_scheme=scheme, viewport={"width": width, "height": 900})
            page = context.new_page()
            for name, path in (("papers", "/"), ("handout", f"{ROOM}/handout"), ("room", ROOM)):
                page.goto(path)
                page.screenshot(path=str(folder / f"{name}-{width}-{scheme}.png"), full_page=True)
            ask(page, "What was the p-value for overall survival?")
            page.screenshot(path=str(folder / f"answer-{width}-{scheme}.png"))
            context.close()


def for_the_readme(browser: Browser, address: str, folder: Path) -> None:
    """An answer with its words lit up, the findings, an item that was tried, and a refusal on a narrow screen."""
    wide = browser.new_context(base_url=address, color_scheme="light", viewport={"width": 1280, "height": 800}).new_page()
    ask(wide, "What was the p-value for overall survival?")
    wide.screenshot(path=str(folder / "answer.png"))
    wide.evaluate("document.querySelector('.forest').scrollIntoView({block: 'center', behavior: 'instant'})")
    wide.screenshot(path=str(folder / "findings.png"))
    dark = browser.new_context(base_url=address, color_scheme="dark", viewport={"width": 768, "height": 1000}).new_page()
    dark.goto(ROOM)
    dark.fill("#try-1", TRIED)
    dark.click("#item-1 button")
    dark.wait_for_selector("#feedback-1 .points")
    dark.evaluate("document.querySelector('#item-1').scrollIntoView({behavior: 'instant'})")
    dark.screenshot(path=str(folder / "tried.png"))
    narrow = browser.new_context(base_url=address, color_scheme="light", viewport={"width": 390, "height": 844}).new_page()
    ask(narrow, "What dose of fludarabine was given?")
    narrow.screenshot(path=str(folder / "refused.png"))


def main() -> int:
    """Take all of them."""
    if len(sys.argv) != 2 or CHROMIUM is None:
        raise SystemExit("usage: python -m tests.browser.pictures FOLDER, where Chromium is installed")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        club = extractive_club(Path(data))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        with running(create_app(club)) as address:
            every_view(browser, address, folder)
            for_the_readme(browser, address, folder)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
