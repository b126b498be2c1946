"""The answer key reaches no prompt, no retriever, no answering collection and no answer, in any mode or persona."""

import anyio
import pytest

from journal_club.answering.case import Ask
from journal_club.club import JournalClub
from journal_club.evaluation.leaks import leaks_in
from journal_club.paper.model import ANSWERING_ORIGINS
from tests.clubs import all_events
from tests.scripted_endpoint import ScriptedEndpoint

PAPERS = ["cartitude-4", "second-page"]
READERS = ["medical_student", "resident", "fellow", "attending", "phd", "journal_editor", "guideline_committee"]


@pytest.mark.parametrize("paper_id", PAPERS)
def test_no_passage_holds_words_of_the_answer_key(club: JournalClub, paper_id: str):
    paper = club.library.paper(paper_id)
    assert paper.discussion
    for passage in club.library.passages(paper_id):
        assert passage.origin in ANSWERING_ORIGINS
        assert not list(leaks_in(f"{passage.label} {passage.text}", paper))


@pytest.mark.parametrize("paper_id", PAPERS)
@pytest.mark.parametrize("reader", READERS)
def test_no_prompt_and_no_answer_holds_words_of_the_answer_key(club: JournalClub, paper_id: str, reader: str):
    paper = club.library.paper(paper_id)
    for item in paper.discussion:
        ask = Ask(question=item.question.text, persona=reader, paper_id=paper_id)
        with ScriptedEndpoint("Nothing [1].") as server:
            answer = all_events(club, server, ask)[-1].answer  # type: ignore[union-attr]
        for text in (*server.prompts, answer.model_copy(update={"question": "", "trace": {}}).model_dump_json()):
            assert not list(leaks_in(text, paper, question=ask.question))


@pytest.mark.parametrize("reader", READERS)
def test_extractive_answers_hold_none_either(club: JournalClub, reader: str):
    paper = club.library.paper("cartitude-4")
    for item in paper.discussion:
        answer = anyio.run(club.answer, Ask(question=item.question.text, persona=reader, paper_id="cartitude-4"))
        assert not list(leaks_in(answer.text, paper, question=item.question.text))


def test_every_row_of_every_searchable_collection_is_free_of_the_answer_key(club: JournalClub, seed_text: str):
    paper = club.library.paper("cartitude-4")
    found = club.search("BCMA transmembrane glycoprotein TNF receptor superfamily", paper_id="cartitude-4", top_k=50)
    for one in found.ranked:
        assert not list(leaks_in(str(one.passage.to_node().to_dict()), paper))
    assert all("BCMA" not in one.passage.text for one in found.ranked)
    assert "BCMA" in seed_text
