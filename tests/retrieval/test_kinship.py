"""Kinship: a phrase and the words of a text, by meaning, with the real embedder."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from journal_club.models.embedding import Embedder
from journal_club.paper.model import Excerpt
from journal_club.retrieval.kinship import Kinship

SENTENCES = (
    "Overall survival was improved with the new drug.",
    "Patients were enrolled in nine countries.",
    "Side effects led few to withdraw.",
)


@pytest.fixture(scope="module")
def kinship(embedder: Embedder) -> Kinship:
    return Kinship(embedder.embed_passages)


def excerpts(*texts: str) -> list[Excerpt]:
    return [Excerpt(text=text, start=0, end=len(text)) for text in texts]


@pytest.mark.parametrize(("phrase", "place"), [("alive", 0), ("nations", 1), ("adverse reactions", 2)])
def test_a_phrase_is_nearest_to_the_words_that_mean_it(kinship: Kinship, phrase: str, place: int) -> None:
    near = kinship.near(phrase, excerpts(*SENTENCES))
    assert max(range(3), key=near.__getitem__) == place
    assert near[place] > 0.5


def test_a_question_is_likest_to_the_sentence_that_answers_it(kinship: Kinship) -> None:
    alike = kinship.alike("Where did the participants come from?", excerpts(*SENTENCES))
    assert max(range(3), key=alike.__getitem__) == 1


def test_words_that_are_there_are_as_near_as_can_be(kinship: Kinship) -> None:
    assert kinship.near("overall survival", excerpts(SENTENCES[0]))[0] > 0.95


def test_an_excerpt_without_words_is_near_to_nothing(kinship: Kinship) -> None:
    assert kinship.near("survival", excerpts("12 (3.4)", "")) == (0.0, 0.0)


def test_each_run_of_words_is_embedded_once(embedder: Embedder) -> None:
    seen: list[str] = []

    def counting(texts: Sequence[str]) -> NDArray[np.float32]:
        seen.extend(texts)
        return embedder.embed_passages(texts)

    kinship = Kinship(counting)
    for phrase in ("survival", "placebo", "survival"):
        kinship.near(phrase, excerpts(*SENTENCES))
    assert len(seen) == len(set(seen))
