"""A statement that says one sentence again passes at once; whatever was exchanged, lost or bound anew does not."""

import pytest

from journal_club.answering.verification.pieces import Piece, pieces
from journal_club.answering.verification.repetition import repetition
from journal_club.answering.verification.verifier import verify_pair
from journal_club.statistics.notation import read_statistics

SENTENCE = (
    "At 12 months, mortality was lower with drug A (21.7%; 95% CI 15.2-28.4) than with placebo (29.2%), "
    "whereas pain was not changed (p = 0.07)."
)


def cut(text: str) -> tuple[Piece, ...]:
    return pieces(text, read_statistics(text))


def is_repetition(statement: str, source: str = SENTENCE) -> bool:
    return repetition(cut(statement), cut(source)) is not None


@pytest.mark.parametrize(
    "statement",
    [
        SENTENCE,
        SENTENCE.replace("At 12 months", "At 1 year"),
        SENTENCE.replace("21.7%", "22%"),
        SENTENCE.replace("21.7%", "about 22%"),
        SENTENCE.replace("15.2-28.4", "15·2 to 28·4").replace("p = 0.07", "p=0·07"),
        "Pain was not changed (p = 0.07), whereas at 12 months, mortality was lower with drug A (21.7%) than with placebo (29.2%).",
        "At 12 months, mortality was lower with the drug A (21.7%) than with placebo (29.2%), whereas pain was not changed.",
    ],
)
def test_the_same_said_again(statement: str) -> None:
    assert is_repetition(statement)


@pytest.mark.parametrize(
    "statement",
    [
        SENTENCE.replace("lower", "higher"),
        SENTENCE.replace("21.7%", "29.2%"),
        SENTENCE.replace("21.7%", "23%"),
        SENTENCE.replace("p = 0.07", "p < 0.07"),
        SENTENCE.replace("not ", ""),
        SENTENCE.replace("12 months", "12 weeks"),
        SENTENCE.replace("drug A", "@").replace("placebo", "drug A").replace("@", "placebo"),
        "Mortality was lower with drug A (21.7%) than with placebo (29.2%), at 12 months, whereas pain was changed.",
        "At 12 months, pain was not changed.",
    ],
)
def test_what_was_exchanged_is_no_repetition(statement: str) -> None:
    assert not is_repetition(statement)


def test_an_introduction_goes_to_the_end() -> None:
    assert is_repetition("Mortality was lower with drug A in women.", "In women, mortality was lower with drug A.")


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("Mortality was lower with drug A.", "Mortality was lower with drug A, but not in women."),
        ("Drug A lowered mortality.", "Drug A lowered mortality (only in women)."),
        ("Mortality was lower with drug A.", "In women, mortality was lower with drug A."),
        ("Pain was 3 and 4 points.", "Pain was 3 and 4 points, and fatigue 5 and 6, with A and B, respectively."),
    ],
)
def test_no_denial_and_no_condition_is_left_out(statement: str, source: str) -> None:
    assert not is_repetition(statement, source)


def test_a_restated_number_is_derived_and_shows_its_sum() -> None:
    found = verify_pair(SENTENCE.replace("12 months", "1 year"), [SENTENCE])
    assert found.verdict == "derived"
    assert any("12 months = 1 years" in check.rule for check in found.checks)


def test_time_is_bounded_on_brackets_and_small_words() -> None:
    source = "a the (a the (a the " * 12 + "end of it here"
    assert not is_repetition("a the " * 60 + "end of that here now", source)
