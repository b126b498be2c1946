"""Words keep what a trial's numbers and names are made of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.paper.words import STOP_WORDS, content_words, words


@pytest.mark.parametrize(
    "word",
    [
        "IL-6",
        "cilta-cel",
        "95%",
        "0.55",
        "p=0.0009",
        "HbA1c",
        "COVID-19",
        "CARTITUDE-4",
        "one-and-done",
        "6MWT",
        "12-week",
        "β2-microglobulin",
        "p53",
    ],
)
def test_one_word_stays_whole(word: str):
    assert [found.text for found in words(f"({word}), {word}.")] == [word, word]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0·55", "0.55"), ("p = .05", "P=0.05"), ("p<0·001", "p < 0.001"), ("1,062", "1062"), ("57 %", "57%"), ("Patients", "patient"),
        ("progression\u2011free", "progression-free"), ("Kaplan–Meier", "kaplan-meier"),
        ("patient’s", "patients"), ("open-labelled", "Open-Label"),
    ],
)  # fmt: skip
def test_two_ways_of_writing_one_thing_have_one_stem(one: str, other: str):
    assert [word.stem for word in words(one)] == [word.stem for word in words(other)]


def test_ranges_and_dashes_between_clauses_separate():
    assert [word.text for word in words("0.22–0.39, 1-3 lines, treatment—where mg/kg")] == [
        "0.22",
        "0.39",
        "1",
        "3",
        "lines",
        "treatment",
        "where",
        "mg",
        "kg",
    ]


def test_content_words_leave_out_stop_words_and_keep_negations():
    assert [word.text for word in content_words("What was the OS, and was it not reached?")] == ["OS", "not", "reached"]
    assert not STOP_WORDS & {"no", "not", "without"}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=120))
def test_words_slice_back_in_order_and_hold_every_letter_and_digit(text: str):
    found = words(text)
    assert all(text[word.start : word.end] == word.text and word.stem for word in found)
    held = {place for word in found for place in range(word.start, word.end)}
    assert sum(word.end - word.start for word in found) == len(held)
    assert all(place in held for place, character in enumerate(text) if character.isalnum())


@pytest.mark.parametrize("piece", ["1", "1,", "a-", "p=", "a'", "1.", "e\u0301", "% ", "1 ", "p ", "1a", "1-"])
def test_a_long_hostile_text_is_cut_to_its_end(piece: str):
    text = piece * (200_000 // len(piece))
    assert all(word.end <= len(text) for word in words(text))
