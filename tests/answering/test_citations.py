"""Citation marks and the sentences of a draft."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.answering.citations import SentenceStream, parse_marks, render_marks

PIECES = st.sampled_from(
    [
        "OS improved",
        " vs. ",
        "[1]",
        " [2, 3]",
        ". ",
        ".",
        "\n",
        "- ",
        "1. ",
        "**",
        "HR 0.55",
        " ",
        "[",
        "]",
        "Next",
        "e.g. ",
        "[placebo]",
        "?",
        "12",
    ]
)


def cut(*deltas: str) -> list[str]:
    stream = SentenceStream()
    return [sentence for delta in deltas for sentence in stream.feed(delta)] + stream.flush()


@pytest.mark.parametrize(
    ("sentence", "numbers", "bare"),
    [
        ("OS improved [1].", (1,), "OS improved."),
        ("OS improved. [1][2]", (1, 2), "OS improved."),
        ("OS [3] improved [1, 2].", (3, 1, 2), "OS improved."),
        ("OS improved [2-4].", (2, 3, 4), "OS improved."),
        ("OS improved [2–4][3].", (2, 3, 4), "OS improved."),
        ("OS improved [placebo].", (), "OS improved [placebo]."),
        ("OS improved [1a] [] [ ] [-1].", (), "OS improved [1a] [] [ ] [-1]."),
        ("HR [0.39-0.79]", (), "HR [0.39-0.79]"),
    ],
)
def test_only_numbers_in_brackets_are_marks(sentence, numbers, bare):
    marks = parse_marks(sentence)
    assert (marks.numbers, marks.bare) == (numbers, bare)


@given(st.lists(st.integers(0, 999), unique=True, min_size=1, max_size=30))
def test_marks_survive_being_rendered_and_parsed(numbers):
    marks = parse_marks(f"Survival improved {render_marks(numbers)}.")
    assert (marks.numbers, marks.bare) == (tuple(numbers), "Survival improved.")


def test_a_hostile_range_does_not_explode():
    assert parse_marks("OS improved [1-999].").numbers == (1, 999)


@pytest.mark.parametrize(
    ("draft", "sentences"),
    [
        ("OS improved. [1] PFS too. [2]", ["OS improved. [1]", "PFS too. [2]"]),
        ("OS improved [1]. PFS too [2].", ["OS improved [1].", "PFS too [2]."]),
        ("OS improved.[1][2] cilta-cel won.[3]", ["OS improved.[1][2]", "cilta-cel won.[3]"]),
        (
            "OS improved (HR 0.55 vs. 1.0, e.g. Einsele et al. 2026) [1]. Next.",
            ["OS improved (HR 0.55 vs. 1.0, e.g. Einsele et al. 2026) [1].", "Next."],
        ),
        ("1. OS improved [1]\n2. PFS too [2]\n", ["OS improved [1]", "PFS too [2]"]),
        ("- OS improved. [1]\n- **PFS** too\n  [2]\n* Done", ["OS improved. [1]", "PFS too\n [2]", "Done"]),
        ("## Survival\n**Overall survival:**\nOS improved [1].\n---\n", ["OS improved [1]."]),
        ("OS improved\n[1] PFS too", ["OS improved", "[1] PFS too"]),
        ('He said "OS improved." [1] Next', ['He said "OS improved." [1]', "Next"]),
        ("P values were p = .05 and .03. Next", ["P values were p = .05 and .03.", "Next"]),
        ("\n\n  \n", []),
        ("[1]", []),
    ],
)
def test_sentences_carry_their_marks(draft, sentences):
    assert cut(draft) == sentences


def test_a_sentence_is_handed_out_when_the_next_one_begins():
    stream = SentenceStream()
    assert stream.feed("OS improved.") == []
    assert stream.feed(" [1]") == []
    assert stream.feed(" P") == ["OS improved. [1]"]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=25).map("".join), st.data())
def test_sentences_do_not_depend_on_the_deltas(draft, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(draft)), max_size=8)))
    deltas = [draft[start:end] for start, end in zip([0, *cuts], [*cuts, len(draft)], strict=True)]
    assert cut(*deltas) == cut(draft) == cut(*draft)


def test_a_long_draft_without_a_stop_takes_linear_time():
    stream = SentenceStream()
    assert all(stream.feed("survival 0.5 ") == [] for _ in range(3000))
    assert len(stream.flush()) == 1
