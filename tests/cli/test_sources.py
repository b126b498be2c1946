"""Files are read exactly, and their names make ids."""

from pathlib import Path

import pytest

from journal_club.cli.exits import CommandError
from journal_club.cli.sources import id_of, read_source


@pytest.mark.parametrize(
    ("file", "made"),
    [("pages/Smith 2024.txt", "smith-2024"), ("CARTITUDE-4.txt", "cartitude-4"), ("Étude_1.md", "etude-1"), ("a" * 90, "a" * 64)],
)
def test_a_file_name_makes_an_id(file: str, made: str) -> None:
    assert id_of(file) == made


@pytest.mark.parametrize("file", ["-", "....", "研究.txt"])
def test_a_name_that_makes_no_id_asks_for_one(file: str) -> None:
    with pytest.raises(CommandError, match="--id"):
        id_of(file)


def test_mark_and_line_ends_of_a_file_are_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes("\ufeffTitle\r\n\r\nText".encode())
    assert read_source(str(page)) == "\ufeffTitle\r\n\r\nText"


def test_a_file_that_is_no_utf_8_is_refused_with_the_place(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"0.39\x960.79")
    with pytest.raises(CommandError, match="byte 4"):
        read_source(str(page))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        read_source(str(tmp_path / "none.txt"))
