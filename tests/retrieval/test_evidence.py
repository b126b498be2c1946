"""Evidence is the whole text when it fits, else the best of it, in the order of the paper."""

import pytest

from journal_club.models.tokens import count_tokens
from journal_club.retrieval.evidence import evidence_of
from journal_club.retrieval.retriever import Retriever

PAPER = "cartitude-4"


@pytest.mark.parametrize("question", ["overall survival", "What did CASTOR test?"])
def test_a_text_that_fits_is_offered_whole_whatever_the_question(retriever: Retriever, question: str) -> None:
    retrieval = retriever.retrieve(question, paper_id=PAPER, top_k=2)
    assert evidence_of(retrieval, budget=10_000) == retrieval.passages


@pytest.mark.parametrize("budget", [1, 100, 300, 600])
def test_the_budget_holds_but_for_the_best_passage(retriever: Retriever, budget: int) -> None:
    retrieval = retriever.retrieve("overall survival", paper_id=PAPER, top_k=12)
    evidence = evidence_of(retrieval, budget=budget)
    assert retrieval.ranked[0].passage in evidence
    assert len(evidence) == 1 or sum(count_tokens(passage.text) for passage in evidence) <= budget


def test_evidence_is_in_the_order_of_the_paper(retriever: Retriever) -> None:
    evidence = evidence_of(retriever.retrieve("overall survival", paper_id=PAPER, top_k=12), budget=400)
    positions = [passage.position for passage in evidence]
    assert len(positions) > 2
    assert positions == sorted(set(positions))


def test_a_field_of_the_design_card_brings_its_neighbours(retriever: Retriever) -> None:
    retrieval = retriever.retrieve("sample: patients", paper_id=PAPER, top_k=1, sections=["study_design"])
    best = retrieval.ranked[0].passage
    evidence = evidence_of(retrieval, budget=100)
    assert best in evidence
    assert len(evidence) > 1
    assert all(abs(passage.position - best.position) == 1 for passage in evidence if passage != best)


def test_filters_hold_for_the_evidence_too(retriever: Retriever) -> None:
    retrieval = retriever.retrieve("overall survival", paper_id=PAPER, sections=["limitations"])
    assert {passage.section for passage in evidence_of(retrieval, budget=10_000)} == {"limitations"}
