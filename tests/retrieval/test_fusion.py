"""Fusion makes one order of two, whatever order they come in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.retrieval.fusion import best_places, fuse_ranks, fuse_scores, fusion_for

cosines = st.dictionaries(st.integers(0, 30), st.floats(-1, 1), max_size=20)
shares = st.dictionaries(st.integers(0, 30), st.floats(0, 1), max_size=20)
ways = st.sampled_from([fusion_for("all-MiniLM-L6-v2"), fuse_ranks])
gently = settings(max_examples=60, derandomize=True, deadline=None)


@gently
@given(ways, cosines, shares, st.randoms())
def test_the_order_of_the_inputs_does_not_matter(way, dense, lexical, random) -> None:
    shuffled = [dict(random.sample(list(mapping.items()), len(mapping))) for mapping in (dense, lexical)]
    assert best_places(way(*shuffled), 50) == best_places(way(dense, lexical), 50)


@gently
@given(ways, cosines, shares)
def test_every_place_of_either_gets_a_score(way, dense, lexical) -> None:
    assert way(dense, lexical).keys() == dense.keys() | lexical.keys()


@gently
@given(ways, cosines)
def test_without_words_the_order_is_that_of_meaning(way, dense) -> None:
    assert best_places(way(dense, {}), 50) == best_places(dense, 50)


@gently
@given(ways, shares.filter(lambda found: len(set(found.values())) == len(found) and all(found.values())))
def test_without_vectors_the_order_is_that_of_words(way, lexical) -> None:
    ordered = best_places(way({}, lexical), 50)
    assert [lexical[place] for place in ordered] == sorted(lexical.values(), reverse=True)


@gently
@given(cosines, shares, st.floats(0.1, 5), st.floats(-1, 1))
def test_ranks_do_not_depend_on_the_scale_of_the_cosines(dense, lexical, factor, shift) -> None:
    rounded = {place: round(cosine, 3) for place, cosine in dense.items()}
    scaled = {place: cosine * factor + shift for place, cosine in rounded.items()}
    assert fuse_ranks(scaled, lexical) == fuse_ranks(rounded, lexical)


def test_equal_scores_keep_the_order_of_the_paper() -> None:
    assert best_places({3: 0.5, 1: 0.5, 2: 0.9}, 3) == [2, 1, 3]


def test_a_passage_that_dense_search_left_out_counts_as_the_farthest_returned() -> None:
    assert fuse_scores({0: 0.8, 1: 0.2}, {2: 0.1}, share_weight=1) == {0: 0.8, 1: 0.2, 2: pytest.approx(0.3)}


def test_words_that_single_out_a_passage_weigh_more_than_words_that_many_have() -> None:
    dense = {place: 1 - place / 100 for place in range(12)}
    common = dict.fromkeys(range(12), 0.1) | {11: 0.11}
    assert best_places(fuse_ranks(dense, common), 1) == [0]
    assert best_places(fuse_ranks(dense, {11: 0.5}), 1) == [11]


def test_an_embedder_of_unknown_scale_is_fused_by_ranks() -> None:
    assert fusion_for("text-embedding-3-small") is fuse_ranks
