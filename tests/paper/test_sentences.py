"""Sentences end where readers end them, with exact offsets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.paper.sentences import sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Survival was longer with A vs. B in all groups.",
        "Einsele et al. reported it in The Lancet.",
        "It was significant (p = .05) in both.",
        "Drugs, i.e. lenalidomide, e.g. at 25 mg, were given.",
        "The hazard ratio was 0.55 (95% CI 0.39–0.79; p=0.0009).",
        "Growth of E. coli was seen.",
        "H. Einsele led the trial.",
        "See Fig. 2 and Figs. 3 and 4.",
        "He died (n=3; see Table 2. No autopsy was done) at home.",
        "The U.S. sites enrolled 40 patients.",
        "Dr. Smith gave approx. 5 mg.",
        "No. 3 was lost.",
        "It rose to 7.5% vs 5.5%.",
        "Sample\n419\nPatients",
        "Doses of 5 mg b.i.d. were given.",
        "What is it? asked nobody.",
        "The median was not\nreached.",
    ],
)
def test_one_sentence_stays_one(text: str):
    assert texts(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It fell by 0.55.", "The rest did not."),
        ("It fell [1].", "It rose [2]."),
        ("It fell. [1][2]", "It rose."),
        ("It fell.[1, 2]", "It rose."),
        ('He said "no."', "She agreed."),
        ("(Not shown.)", "The rest is."),
        ("It fell (p=0.01).", "All lived."),
        ("Was it so?", "Yes!"),
        ("They took vitamin D.", "Patients improved."),
        ("As shown by Smith et al.", "The trial was small."),
        ("It was stopped.", "cilta-cel was not."),
        ("It was in 2016.", "45 patients died."),
        ("It was **bold.**", "It was not."),
        ("It works.”", "“It does not.”"),
        ("結果は良好。", "次の文。"),
        ("Answer: no.", "That was all."),
    ],
)
def test_two_sentences_are_two(first: str, second: str):
    assert texts(f"{first} {second}") == [first, second]


def test_blank_lines_list_items_and_rows_of_a_table_end_a_sentence():
    assert texts("One\n\ntwo\n- three\n2. four") == ["One", "two", "- three", "2. four"]
    assert texts("| a | b |\n| 1 | 2 |\nText") == ["| a | b |", "| 1 | 2 |", "Text"]
    assert texts("  Age      45\n  Women    12 (3)") == ["Age      45", "Women    12 (3)"]


def test_offsets_are_those_of_the_source():
    assert [(s.start, s.end) for s in sentences(" It fell. It rose.", offset=10)] == [(11, 19), (20, 28)]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(".?! \n()[]1Aa")), max_size=120))
def test_sentences_slice_back_and_leave_out_white_space_alone(text: str):
    found = sentences(text)
    assert all(text[s.start : s.end] == s.text for s in found)
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())


@pytest.mark.parametrize("piece", [". ", "A. ", "(", "[1] ", "1", " ", "a(b) ", ".[1] ", "\n", "   x", "e.g. "])
def test_a_long_hostile_text_is_cut_to_its_end(piece: str):
    text = piece * (200_000 // len(piece))
    found = sentences(text)
    assert "".join("".join(one.text.split()) for one in found) == "".join(text.split())
