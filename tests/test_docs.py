"""README and CHANGELOG say what the code does."""

import json
import re
from pathlib import Path

import pytest
import typer.main

from journal_club import __version__
from journal_club.cli.app import app
from journal_club.cli.configuration import setting_rows
from journal_club.cli.exits import ExitCode
from journal_club.evaluation.gate import GateCode
from journal_club.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows_that_start_with(pattern: str) -> list[str]:
    return re.findall(rf"^\| {pattern}", README, re.MULTILINE)


def commands(group: object, before: str = "") -> set[str]:
    found: set[str] = set()
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        found |= commands(command, f"{before}{name} ") if hasattr(command, "commands") else {before + name}
    return found


def test_the_readme_is_short() -> None:
    assert README.count("\n") <= 200


def test_the_settings_table_holds_settings_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOURNAL_CLUB_DATA_DIR")
    defaults = [(row, (row.value or "").replace(str(Path.home()), "~")) for row in setting_rows(Settings(), {})]
    rows = [f"| `{row.variable}` | {f'`{default}`' if default else ''} | {row.description} |" for row, default in defaults]
    written = re.findall(r"^\| `JOURNAL_CLUB_.*$", README, re.MULTILINE)
    assert len(written) > 7
    assert written == [row for row in rows if row in written]


def test_the_table_of_commands_is_the_command_line() -> None:
    written = rows_that_start_with(r"`journal-club ((?:papers |eval )?[a-z]+)[^`]*`")
    assert sorted(written) == sorted(commands(typer.main.get_command(app)))


def test_the_exit_codes_are_the_codes_of_the_commands() -> None:
    paragraph = README.partition("Exit codes: ")[2].partition("\n\n")[0]
    assert sorted(int(code) for code in re.findall(r"`(\d+)`", paragraph)) == sorted({*ExitCode, *GateCode})


def test_the_table_of_routes_is_the_service() -> None:
    paths = json.loads((ROOT / "tests" / "service" / "openapi.json").read_text(encoding="utf-8"))["paths"]
    routes = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert set(rows_that_start_with(r"`((?:GET|POST|DELETE) /[^`]*)`")) == routes


def test_the_make_targets_of_the_readme_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)", README)) <= targets
    assert {"serve", "test", "check", "eval", "bench", "model", "clean", "help"} <= targets


def test_the_files_that_the_readme_names_are_there() -> None:
    for path in set(re.findall(r"`((?:src|prompts|seeds|eval|tests)/[^` ]*)`", README)):
        assert (ROOT / path).exists(), path


def test_the_changelog_mentions_this_version() -> None:
    assert f"\n## {__version__}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
