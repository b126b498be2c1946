"""A corpus is built once for each version, and forgotten when many others were asked since."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from journal_club.library.library import Library
from journal_club.models.embedding import Embedder
from journal_club.paper.model import Origin
from journal_club.retrieval.corpus import Corpora, Corpus
from journal_club.retrieval.scope import Scope


def counted(version: int, built: list[int]) -> Callable[[], Corpus]:
    def build() -> Corpus:
        built.append(version)
        return Corpus((), version=version)

    return build


def test_threads_that_ask_at_once_build_a_corpus_once() -> None:
    corpora, built = Corpora(), list[int]()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: corpora.of("a", version=1, build=counted(1, built)), range(32)))
    assert built == [1]
    assert len({id(corpus) for corpus in found}) == 1


def test_another_version_is_built_anew() -> None:
    corpora, built = Corpora(), list[int]()
    for version in (1, 1, 2, 2):
        corpora.of("a", version=version, build=counted(version, built))
    assert built == [1, 2]


def test_the_paper_asked_longest_ago_is_forgotten() -> None:
    corpora, built = Corpora(most=2), list[int]()
    for paper_id in ("a", "b", "a", "c", "a", "b"):
        corpora.of(paper_id, version=1, build=counted(1, built))
    assert len(built) == 4


def test_what_may_not_answer_is_left_out_whatever_the_store_holds(library: Library) -> None:
    first, *rest = library.passages("cartitude-4")
    corpus = Corpus((replace(first, origin=Origin.KEY_RESPONSE), *rest), version=1)
    assert corpus.passages == tuple(rest)


@pytest.mark.parametrize("question", ["overall survival", "What was the comparator?", "toxicity"])
@pytest.mark.parametrize("sections", [None, ("key_findings", "limitations")])
def test_vectors_in_memory_are_as_near_as_the_store_says(
    library: Library, embedder: Embedder, question: str, sections: tuple[str, ...] | None
) -> None:
    vector = embedder.embed_query(question)
    corpus = Corpus(library.passages("cartitude-4"), version=1, vectors=library.vectors("cartitude-4"))
    stored = library.search(vector, paper_id="cartitude-4", limit=10, sections=sections)
    compared = corpus.nearest(vector, scope=Scope.of(sections, None), limit=10)
    assert [name for name, _ in compared] == [name for name, _ in stored]
    assert [cosine for _, cosine in compared] == pytest.approx([cosine for _, cosine in stored], abs=1e-5)


def test_a_corpus_whose_vectors_are_not_all_there_leaves_the_search_to_the_store(library: Library) -> None:
    assert Corpus(library.passages("cartitude-4"), version=1, vectors={}).vectors is None
