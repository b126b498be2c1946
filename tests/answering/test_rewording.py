"""A word in the place of another is found in what otherwise repeats its source, and nowhere else."""

import pytest

from journal_club.answering.verification.pieces import Piece, pieces
from journal_club.answering.verification.rewording import reworded
from journal_club.answering.verification.verifier import verify_pair
from journal_club.statistics.notation import read_statistics

SENTENCE = "In the zinc group, the rate of croup was lower than in the copper group (4.1% vs 6.3%)."


def cut(text: str) -> tuple[Piece, ...]:
    return pieces(text, read_statistics(text))


@pytest.mark.parametrize(
    ("statement", "source", "claimed", "found"),
    [
        (SENTENCE.replace("croup", "sinusitis"), SENTENCE, "sinusitis", "croup"),
        (SENTENCE.replace("zinc", "@").replace("copper", "zinc").replace("@", "copper"), SENTENCE, "copper", "zinc"),
        ("Visits took place for 12 days in all adults.", "Visits took place for 12 weeks in all adults.", "12 day", "12 week"),
        (
            "After surgery, the rates of croup were 5% and 6% for copper and zinc, respectively.",
            "After surgery, the rates of croup were 5% and 6% for zinc and copper, respectively.",
            "and zinc",
            "",
        ),
    ],
)
def test_a_word_in_the_place_of_another(statement: str, source: str, claimed: str, found: str) -> None:
    other = reworded(cut(statement), cut(source))
    assert other is not None
    assert (other.claimed, other.found) == (claimed, found)
    assert verify_pair(statement, [source]).verdict == "contradicted"


@pytest.mark.parametrize(
    "statement",
    [
        SENTENCE,
        SENTENCE.replace("rate", "percentage"),
        "In the copper group, the rate of croup was higher than in the zinc group (6.3% vs 4.1%).",
        "Croup was rarer with zinc.",
    ],
)
def test_paraphrases_and_statements_in_other_words_are_left_alone(statement: str) -> None:
    assert reworded(cut(statement), cut(SENTENCE)) is None
