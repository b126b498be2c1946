"""A question finds the passages that answer it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from journal_club.library.errors import UnknownPaperError
from journal_club.library.library import Library
from journal_club.models.embedding import Embedder
from journal_club.models.errors import UnreachableError
from journal_club.paper.model import ANSWERING_ORIGINS, Origin
from journal_club.retrieval.retriever import Retriever, spelled_out
from journal_club.settings import RetrievalSettings

PAPER = "cartitude-4"


class SilentEmbedder:
    """An endpoint that cannot be reached any more."""

    name = "all-MiniLM-L6-v2"
    dimension = 384

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise UnreachableError("The embeddings endpoint cannot be reached.")

    def embed_query(self, text: str) -> NDArray[np.float32]:
        raise UnreachableError("The embeddings endpoint cannot be reached.")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was the hazard ratio for overall survival?", "HR 0.55"),
        ("OS", "Overall survival (OS)"),
        ("median PFS", "progression-free survival (PFS)"),
        ("How many died of the treatment?", "Treatment-related deaths"),
        ("What is the comparator?", "Standard-of-care triplet therapy"),
        ("Which population was studied?", "Adults with relapsed"),
        ("p=0.0009", "p=0.0009"),
        ("What did POLLUX test?", "POLLUX Trial"),
    ],
)
def test_the_passage_that_answers_is_among_the_first_three(retriever: Retriever, question: str, words: str) -> None:
    found = retriever.retrieve(question, paper_id=PAPER, top_k=3)
    assert any(words in ranked.passage.text for ranked in found.ranked)


@pytest.mark.parametrize("question", ["BCMA", "What is the target antigen?", "minimal residual disease negativity"])
def test_nothing_of_the_answer_key_is_found(retriever: Retriever, question: str) -> None:
    found = retriever.retrieve(question, paper_id=PAPER, top_k=50)
    assert {ranked.passage.origin for ranked in found.ranked} <= set(ANSWERING_ORIGINS)
    assert not any("BCMA" in passage.text for passage in found.passages)


@pytest.mark.parametrize("question", ["overall survival", "???", "what was the", "ß" * 2000])
def test_as_many_come_back_as_were_asked_for(retriever: Retriever, question: str) -> None:
    found = retriever.retrieve(question, paper_id=PAPER, top_k=7)
    assert len({ranked.passage.id for ranked in found.ranked}) == 7
    assert len(retriever.retrieve(question, paper_id=PAPER).ranked) == RetrievalSettings().top_k


def test_scores_fall_and_are_the_same_every_time(retriever: Retriever) -> None:
    first, again = (retriever.retrieve("toxicities of the infusion", paper_id=PAPER) for _ in range(2))
    assert first == again
    assert [ranked.score for ranked in first.ranked] == sorted((ranked.score for ranked in first.ranked), reverse=True)


def test_filters_hold_for_both_searches(retriever: Retriever) -> None:
    found = retriever.retrieve("overall survival", paper_id=PAPER, top_k=50, sections=["limitations"], origins=[Origin.COMMENTARY])
    assert {ranked.passage.section for ranked in found.ranked} == {"limitations"}
    assert len(found.ranked) == len(found.searched) == 3
    assert len(found.passages) > 3


@pytest.mark.parametrize("scope", [{"sections": ["no_such"]}, {"sections": []}, {"origins": [Origin.KEY_RESPONSE]}])
def test_a_scope_without_passages_finds_none(retriever: Retriever, scope: dict[str, Sequence[str]]) -> None:
    assert retriever.retrieve("overall survival", paper_id=PAPER, **scope).ranked == ()  # type: ignore[arg-type]


def test_only_the_paper_asked_is_searched(retriever: Retriever) -> None:
    found = retriever.retrieve("cilta-cel", paper_id="harbor-af", top_k=50)
    assert {ranked.passage.paper_id for ranked in found.ranked} == {"harbor-af"}


def test_without_an_embedder_words_alone_are_searched_and_it_is_said(library: Library) -> None:
    found = Retriever(library, SilentEmbedder(), RetrievalSettings()).retrieve("hazard ratio of OS", paper_id=PAPER, top_k=5)
    assert "HR 0.55" in found.ranked[0].passage.text
    assert found.degraded is not None
    assert "cannot be reached" in found.degraded
    assert len(found.ranked) == 5


def test_a_changed_paper_is_read_anew(empty_library: Library, embedder: Embedder) -> None:
    retriever = Retriever(empty_library, embedder, RetrievalSettings())
    empty_library.ingest("p", "# Results\n\nMortality was 4% with the drug.")
    before = retriever.retrieve("mortality", paper_id="p")
    empty_library.ingest("p", "# Results\n\nMortality was 9% with the drug.\n\nNausea was common.", replace=True)
    after = retriever.retrieve("mortality", paper_id="p")
    assert after.version > before.version
    assert "9%" in after.ranked[0].passage.text
    assert len(after.passages) == 2


def test_an_unknown_paper_is_refused(retriever: Retriever) -> None:
    with pytest.raises(UnknownPaperError):
        retriever.retrieve("overall survival", paper_id="no-such")


def test_a_top_k_below_one_is_refused(retriever: Retriever) -> None:
    with pytest.raises(ValueError, match="top_k"):
        retriever.retrieve("overall survival", paper_id=PAPER, top_k=0)


def test_threads_find_what_one_finds(retriever: Retriever) -> None:
    questions = ["overall survival", "infections", "bridging therapy", "CASTOR"] * 4
    alone = [retriever.retrieve(question, paper_id=PAPER) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda question: retriever.retrieve(question, paper_id=PAPER), questions)) == alone


def test_a_question_is_embedded_with_the_long_form_of_the_papers_abbreviations(retriever: Retriever) -> None:
    names = retriever.retrieve("OS", paper_id=PAPER).names
    assert "overall survival" in spelled_out("Was OS better?", names.alternatives("Was OS better?")).casefold()
    assert spelled_out("Was it better?", names.alternatives("Was it better?")) == "Was it better?"
