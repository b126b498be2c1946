"""Words find the passages that carry them, under whichever name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.paper.names import Names
from journal_club.retrieval.lexical import LexicalIndex, terms

TEXTS = (
    "Overall survival (OS) was better with ciltacabtagene autoleucel (cilta-cel), p=0.0009.",
    "Patients had relapsed after IL-6 blockade in 95% of cases.",
    "Progression-free survival was longer with daratumumab.",
    "OS did not differ by age.",
)


def best(question: str) -> int:
    names = Names.of(TEXTS)
    shares = LexicalIndex(TEXTS, names).scores(question, alternatives=names.alternatives(question))
    return int(shares.argmax())


@pytest.mark.parametrize("word", ["il-6", "cilta-cel", "95%", "p=0.0009"])
def test_a_word_with_punctuation_stays_whole(word: str) -> None:
    assert word in {term for text in TEXTS for term in terms(text)}


@pytest.mark.parametrize(("question", "place"), [("relapse", 1), ("progression free", 2), ("IL-6", 1), ("p=0.0009", 0)])
def test_words_are_found_in_other_forms(question: str, place: int) -> None:
    assert best(question) == place


def test_an_abbreviation_finds_the_passages_that_spell_it_out_and_the_other_way_round() -> None:
    names = Names.of(TEXTS)
    index = LexicalIndex((*TEXTS, "Overall survival at two years."), names)
    for question in ("OS", "overall survival"):
        shares = index.scores(question, alternatives=names.alternatives(question))
        assert (shares[[0, 3, 4]] > shares[[1, 2]].max()).all()


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=60))
def test_a_share_is_between_0_and_1_for_any_text(texts: list[str], question: str) -> None:
    shares = LexicalIndex(texts, Names.of(texts)).scores(question)
    assert shares.shape == (len(texts),)
    assert ((shares >= 0) & (shares <= 1)).all()


def test_terms_that_stand_nowhere_lower_the_share() -> None:
    index = LexicalIndex(TEXTS, Names.of(TEXTS))
    assert index.scores("daratumumab")[2] > 2 * index.scores("daratumumab xenoglossy isatuximab")[2] > 0


def test_a_question_of_stop_words_finds_nothing() -> None:
    assert not LexicalIndex(TEXTS, Names.of(TEXTS)).scores("what was the").any()
