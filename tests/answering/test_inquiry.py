"""What is known of a question is kept for the next reader, and never outlives the text that it was made on."""

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from journal_club.answering.inquiry import Inquiries
from journal_club.club import JournalClub, open_club
from journal_club.library.errors import UnknownPaperError
from journal_club.retrieval.retriever import Retriever
from journal_club.settings import ChatSettings, EmbeddingSettings, Settings
from tests.scripted_endpoint import Reply, ScriptedEndpoint

QUESTION = "What was the hazard ratio for overall survival?"
PAPER = "cartitude-4"


@pytest.fixture
def own_club(tmp_path: Path) -> Iterator[JournalClub]:
    club = open_club(Settings(data_dir=tmp_path / "own", chat=ChatSettings(endpoint="none")))
    yield club
    club.library.close()


def inquiries_of(club: JournalClub, retriever: Retriever | None = None, *, most: int = 256) -> Inquiries:
    return Inquiries(library=club.library, retriever=retriever or club.retriever, evidence_tokens=3000, most=most)


def test_the_next_reader_of_a_question_gets_the_same_inquiry(club: JournalClub) -> None:
    inquiries = inquiries_of(club)
    first = inquiries.of(QUESTION, paper_id=PAPER, top_k=None)
    assert inquiries.of(QUESTION, paper_id=PAPER, top_k=None) is first
    assert inquiries.of(QUESTION, paper_id=PAPER, top_k=3) is not first
    assert inquiries.of(QUESTION, paper_id="second-page", top_k=None) is not first


def test_the_question_asked_longest_ago_is_forgotten(club: JournalClub) -> None:
    inquiries = inquiries_of(club, most=2)
    first = inquiries.of("What was the comparator?", paper_id=PAPER, top_k=None)
    for question in (QUESTION, "Who was enrolled?"):
        inquiries.of(question, paper_id=PAPER, top_k=None)
    assert inquiries.of("What was the comparator?", paper_id=PAPER, top_k=None) is not first


def test_a_replaced_paper_is_asked_anew(own_club: JournalClub, seed_text: str) -> None:
    inquiries = inquiries_of(own_club)
    before = inquiries.of(QUESTION, paper_id=PAPER, top_k=None)
    own_club.library.ingest(PAPER, seed_text.replace("HR 0.55;", "HR 0.65;"), replace=True)
    after = inquiries.of(QUESTION, paper_id=PAPER, top_k=None)
    assert "0.65" in after.retrieval.ranked[0].passage.text
    assert after.paper.document_hash != before.paper.document_hash
    assert after.examined is not before.examined
    assert inquiries.examined(PAPER) is after.examined


def test_a_deleted_paper_is_unknown_at_once(own_club: JournalClub) -> None:
    inquiries = inquiries_of(own_club)
    inquiries.of(QUESTION, paper_id=PAPER, top_k=None)
    own_club.library.delete(PAPER)
    with pytest.raises(UnknownPaperError):
        inquiries.of(QUESTION, paper_id=PAPER, top_k=None)


def test_what_was_searched_by_words_alone_is_searched_again(tmp_path: Path, seed_text: str) -> None:
    with ScriptedEndpoint() as server:
        embedding = EmbeddingSettings(endpoint="compatible", base_url=server.base_url, model="scripted")
        club = open_club(Settings(data_dir=tmp_path / "own", chat=ChatSettings(endpoint="none"), embedding=embedding))
        inquiries = inquiries_of(club)
        server.embedding_replies = Reply(status=500)
        assert inquiries.of(QUESTION, paper_id=PAPER, top_k=None).retrieval.degraded
        server.embedding_replies = ""
        assert not inquiries.of(QUESTION, paper_id=PAPER, top_k=None).retrieval.degraded
        anyio.run(club.aclose)
