"""The club's answers in a llama-index pipeline of somebody else's."""

import anyio
import pytest
from llama_index.core.query_engine import TransformQueryEngine

from journal_club.club import JournalClub
from journal_club.library.errors import UnknownPaperError

HR = "What was the hazard ratio for overall survival?"


def test_a_query_gets_the_verified_answer_and_the_passages_it_cites(club: JournalClub):
    response = club.query_engine(paper_id="cartitude-4", persona="fellow").query(HR)
    assert "HR 0.55" in str(response)
    assert [node.node.metadata["section"] for node in response.source_nodes] == ["key_findings"]
    assert response.metadata
    assert response.metadata["answer"]["mode"] == "extractive"


def test_it_is_a_part_of_other_engines(club: JournalClub):
    from llama_index.core.indices.query.query_transform.base import IdentityQueryTransform

    engine = TransformQueryEngine(club.query_engine(paper_id="cartitude-4", persona="phd"), IdentityQueryTransform())
    assert "HR 0.55" in str(engine.query(HR))


def test_it_answers_within_an_event_loop_too(club: JournalClub):
    engine = club.query_engine(paper_id="cartitude-4", persona="fellow")
    assert "HR 0.55" in str(anyio.run(engine.aquery, HR))


def test_an_unknown_paper_is_an_error(club: JournalClub):
    with pytest.raises(UnknownPaperError):
        club.query_engine(paper_id="none", persona="fellow").query(HR)
