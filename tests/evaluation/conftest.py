"""One run of the suite, which all tests here read."""

import fcntl
import os
from pathlib import Path

import pytest

from journal_club.evaluation.run import Run, read_run
from journal_club.evaluation.suite import Suite, open_suite, run_suite
from journal_club.settings import ChatSettings, Settings
from tests.conftest import ROOT

EVAL = ROOT / "eval"
SEEDS = ROOT / "seeds"
CASES = EVAL / "cases" / "cartitude-4"
QUIET = {"JOURNAL_CLUB_CHAT__ENDPOINT": "none"}


@pytest.fixture(scope="session")
def suite() -> Suite:
    return open_suite(Settings(chat=ChatSettings(endpoint="none")), EVAL)


@pytest.fixture(scope="session")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return QUIET | {"HOME": str(tmp_path_factory.mktemp("home"))}


@pytest.fixture(scope="session")
def folder(suite: Suite, environ: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run of the suite, which the processes that share these tests make once between them."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "run"
    shared.mkdir(exist_ok=True)
    with (shared / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (shared / "one" / "summary.json").exists():
            run_suite(suite, shared / "one", progress=print, variables=environ)
    return shared / "one"


@pytest.fixture(scope="session")
def run(folder: Path) -> Run:
    return read_run(folder)
