"""Kept answers: they last as long as their paper, in whichever process."""

from collections.abc import Callable

import pytest

from journal_club.library.errors import UnknownAnswerError, UnknownPaperError
from journal_club.library.library import Library

ID, OTHER = "a" * 32, "b" * 32
TEXT = '{"text": "Tea keeps people awake. \\u2028 \U0001f375"}'


def test_a_kept_answer_comes_back_exactly_and_once(library: Library, paper_text: str) -> None:
    library.ingest("tea", paper_text)
    assert library.answers.keep(ID, TEXT, paper_id="tea")
    assert not library.answers.keep(ID, "another", paper_id="tea")
    assert library.answers.text(ID) == TEXT
    with pytest.raises(UnknownAnswerError):
        library.answers.text(OTHER)


def test_a_deleted_answer_is_gone(library: Library, paper_text: str) -> None:
    library.ingest("tea", paper_text)
    library.answers.keep(ID, TEXT, paper_id="tea")
    library.answers.delete(ID)
    for ask in (library.answers.text, library.answers.delete):
        with pytest.raises(UnknownAnswerError):
            ask(ID)


def test_it_survives_a_restart_and_another_text_of_its_paper(reopened: Callable[[], Library], library: Library, paper_text: str) -> None:
    library.ingest("tea", paper_text)
    library.answers.keep(ID, TEXT, paper_id="tea")
    library.ingest("tea", paper_text + "\nMore.\n", replace=True)
    again = reopened()
    assert again.answers.text(ID) == TEXT
    assert again.check() == ()


def test_it_goes_with_its_paper_and_does_not_come_back_with_the_papers_id(library: Library, paper_text: str) -> None:
    for paper_id in ("tea", "water"):
        library.ingest(paper_id, paper_text)
    library.answers.keep(ID, TEXT, paper_id="tea")
    library.answers.keep(OTHER, TEXT, paper_id="water")
    library.delete("tea")
    library.ingest("tea", paper_text)
    assert library.answers.text(OTHER) == TEXT
    with pytest.raises(UnknownAnswerError):
        library.answers.text(ID)


def test_nothing_is_kept_of_a_paper_that_is_not_there(library: Library) -> None:
    with pytest.raises(UnknownPaperError):
        library.answers.keep(ID, TEXT, paper_id="tea")
    with pytest.raises(UnknownAnswerError):
        library.answers.text(ID)


def test_what_a_killed_deletion_left_is_swept_when_the_store_is_opened(
    reopened: Callable[[], Library], library: Library, paper_text: str
) -> None:
    for paper_id in ("tea", "water"):
        library.ingest(paper_id, paper_text)
    library.answers.keep(OTHER, TEXT, paper_id="water")
    library.delete("tea")
    library._store.put_note(ID, TEXT, {"paper_id": "tea"})
    with pytest.raises(UnknownAnswerError):
        library.answers.text(ID)
    again = reopened()
    assert (again._store.note(ID), again.answers.text(OTHER)) == (None, TEXT)


def test_on_a_server_one_process_reads_and_deletes_what_another_kept(two_clients: tuple[Library, Library], paper_text: str) -> None:
    one, other = two_clients
    one.ingest("tea", paper_text)
    one.answers.keep(ID, TEXT, paper_id="tea")
    assert other.answers.text(ID) == TEXT
    one.answers.keep(OTHER, TEXT, paper_id="tea")
    other.answers.delete(ID)
    with pytest.raises(UnknownAnswerError):
        one.answers.text(ID)
    other.delete("tea")
    with pytest.raises(UnknownAnswerError):
        one.answers.text(OTHER)
