"""Our retrieval works in llama-index's own pipelines."""

import asyncio
import subprocess
import sys

import pytest

from journal_club.library.library import Library
from journal_club.retrieval.retriever import Retriever

PAPER = "cartitude-4"
QUESTION = "What was the hazard ratio for overall survival?"


def test_nodes_carry_passages_with_their_scores_and_places(retriever: Retriever, library: Library) -> None:
    from journal_club.retrieval.llama_retriever import PassageRetriever

    nodes = PassageRetriever(retriever, paper_id=PAPER, top_k=3).retrieve(QUESTION)
    ours = retriever.retrieve(QUESTION, paper_id=PAPER, top_k=3).ranked
    assert [(node.node_id, node.score) for node in nodes] == [(ranked.passage.id, ranked.score) for ranked in ours]
    first = ours[0].passage
    assert library.paper(PAPER).source_text[first.start : first.end] == nodes[0].get_content() == first.text


def test_a_query_engine_answers_from_our_passages(retriever: Retriever) -> None:
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine

    from journal_club.retrieval.llama_retriever import PassageRetriever

    engine = RetrieverQueryEngine.from_args(PassageRetriever(retriever, paper_id=PAPER, top_k=3), llm=MockLLM())
    response = engine.query(QUESTION)
    assert "HR 0.55" in str(response)
    assert len(response.source_nodes) == 3


def test_the_citation_query_engine_takes_our_retriever(retriever: Retriever) -> None:
    from llama_index.core.llms import MockLLM
    from llama_index.core.node_parser import TokenTextSplitter
    from llama_index.core.query_engine import CitationQueryEngine

    from journal_club.retrieval.llama_retriever import PassageRetriever

    ours = PassageRetriever(retriever, paper_id=PAPER, top_k=3)
    engine = CitationQueryEngine(ours, llm=MockLLM(), text_splitter=TokenTextSplitter(chunk_size=512))
    assert "Source 1:" in str(engine.query(QUESTION))


def test_an_event_loop_goes_on_while_we_search(retriever: Retriever) -> None:
    from journal_club.retrieval.llama_retriever import PassageRetriever

    async def nodes() -> int:
        return len(await PassageRetriever(retriever, paper_id=PAPER).aretrieve(QUESTION))

    assert asyncio.run(nodes()) == 8


def test_filters_travel_with_the_retriever(retriever: Retriever) -> None:
    from journal_club.retrieval.llama_retriever import PassageRetriever

    nodes = PassageRetriever(retriever, paper_id=PAPER, sections=["limitations"]).retrieve("toxicity")
    assert {node.metadata["section"] for node in nodes} == {"limitations"}


@pytest.mark.parametrize("module", ["retriever", "evidence", "fusion", "lexical"])
def test_nothing_else_of_the_room_imports_llama_index(module: str) -> None:
    heavy = ("llama_index", "bm25s", "chromadb")
    code = f"import sys, journal_club.retrieval.{module}; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
