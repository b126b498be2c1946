"""What every test may use: the seed, and a clean environment."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import pytest

if TYPE_CHECKING:
    from journal_club.club import JournalClub

ROOT = Path(__file__).parent.parent
SECOND_PAGE = ROOT / "tests" / "data" / "second-page.txt"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees a setting, a key or a proxy of the machine, or writes outside its own folder."""
    for name in list(os.environ):
        if name.upper().startswith(("JOURNAL_CLUB_", "OPENAI_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("JOURNAL_CLUB_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The seed page, as it stands in the repository."""
    return (ROOT / "seeds" / "cartitude-4.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator["JournalClub"]:
    """A club without a model that has read the seed and the pages of tests/data."""
    from tests.clubs import extractive_club

    one = extractive_club(tmp_path_factory.mktemp("club"))
    yield one
    anyio.run(one.aclose)
