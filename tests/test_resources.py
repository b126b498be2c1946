"""Prompts and seeds are found wherever the code runs from."""

from pathlib import Path

import pytest

from journal_club.resources import ResourceError, prompts_dir, seeds_dir
from journal_club.settings import Settings


def test_a_checkout_finds_its_own_seeds_and_prompts() -> None:
    assert (seeds_dir(Settings()) / "cartitude-4.txt").is_file()
    assert prompts_dir(Settings()).is_dir()


def test_a_setting_wins_over_the_packaged_folder(tmp_path: Path) -> None:
    assert prompts_dir(Settings(prompts_dir=tmp_path)) == tmp_path


def test_a_missing_folder_is_refused_with_the_setting_that_mends_it(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="JOURNAL_CLUB_SEEDS_DIR"):
        seeds_dir(Settings(seeds_dir=tmp_path / "nowhere"))
