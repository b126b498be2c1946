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
    return Kinship(embedder)


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


class Counting:
    """The real embedder, and what it was given."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.dimension = embedder.name, embedder.dimension
        self.seen: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen.extend(texts)
        return self._embedder.embed_passages(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        self.seen.append(text)
        return self._embedder.embed_query(text)


def test_each_run_of_words_and_each_phrase_is_embedded_once(embedder: Embedder) -> None:
    counting = Counting(embedder)
    kinship = Kinship(counting)
    kinship.learn(excerpts(*SENTENCES))
    learned = len(counting.seen)
    for phrase in ("mortality", "sham", "mortality"):
        kinship.near(phrase, excerpts(*SENTENCES))
    assert learned > len(SENTENCES)
    assert len(counting.seen) == learned + 2
