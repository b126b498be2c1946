"""The club: opened from settings alone, it knows its seeds, its readiness and where questions go."""

from pathlib import Path

import anyio
import pytest

from journal_club.answering.front_matter import PromptFileError
from journal_club.club import JournalClub, open_club
from journal_club.library.errors import StoreBusyError
from journal_club.settings import ChatSettings, Settings

NONE = ChatSettings(endpoint="none")


def test_the_seed_is_there_on_first_start(club: JournalClub, seed_text: str):
    assert club.library.paper("cartitude-4").source_text == seed_text


def test_a_seed_that_was_deleted_does_not_come_back(tmp_path: Path):
    first = open_club(Settings(data_dir=tmp_path, chat=NONE))
    first.library.delete("cartitude-4")
    anyio.run(first.aclose)
    second = open_club(Settings(data_dir=tmp_path, chat=NONE))
    assert second.library.records() == ()
    anyio.run(second.aclose)


def test_a_second_club_on_the_same_folder_is_told_where_the_first_serves(tmp_path: Path):
    first = open_club(Settings(data_dir=tmp_path, chat=NONE), address="http://127.0.0.1:8000")
    with pytest.raises(StoreBusyError) as busy:
        open_club(Settings(data_dir=tmp_path, chat=NONE))
    assert busy.value.address == "http://127.0.0.1:8000"
    anyio.run(first.aclose)


def test_all_is_ready_and_it_says_where_questions_go(club: JournalClub):
    readiness = {one.name: one for one in club.readiness()}
    assert all(one.ok for one in readiness.values())
    assert "this machine" in readiness["chat"].detail


def test_a_key_in_the_environment_decides_nothing(tmp_path: Path):
    club = open_club(Settings(data_dir=tmp_path), variables={"OPENAI_API_KEY": "sk-test"})
    assert club.chat is None
    assert "JOURNAL_CLUB_CHAT__ENDPOINT=openai" in club.endpoint.why
    anyio.run(club.aclose)


def test_a_malformed_prompt_is_refused_before_anything_is_opened(tmp_path: Path):
    (tmp_path / "prompts" / "personas").mkdir(parents=True)
    with pytest.raises(PromptFileError):
        open_club(Settings(data_dir=tmp_path / "data", prompts_dir=tmp_path / "prompts", chat=NONE))
    assert not (tmp_path / "data").exists()


def test_each_sentence_of_a_text_is_held_against_the_paper(club: JournalClub):
    text = "The hazard ratio for overall survival was 0.55. The hazard ratio for overall survival was 0.45."
    results = club.verify(text, paper_id="cartitude-4")
    assert [result.verdict for result in results] == ["supported", "contradicted"]


def test_statements_are_held_against_the_evidence_given_with_them(club: JournalClub):
    evidence = ["Deaths occurred in 6 (3%) patients on drug and 5 (2%) on placebo."]
    statements = ["Deaths occurred in 6 patients on drug.", "Deaths occurred in 9 patients on drug."]
    results = club.verify_pairs([(statement, evidence) for statement in statements])
    assert [result.passed for result in results] == [True, False]
