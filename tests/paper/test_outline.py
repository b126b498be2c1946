"""Any other text is a paper by its headings."""

from pathlib import Path

import pytest

from journal_club.paper.model import Origin, Paper, SourceKind
from journal_club.paper.reading import read_paper

DATA = Path(__file__).parent.parent / "data"


def sections(paper: Paper) -> list[tuple[str, str]]:
    return [(part.section, part.text) for part in paper.parts if part.role == "content"]


def test_a_full_text_is_known_as_one_and_speaks_for_the_trial():
    paper = read_paper((DATA / "full-text.md").read_text(encoding="utf-8"))
    assert paper.source_kind is SourceKind.FULL_TEXT
    assert (paper.journal, paper.published) == ("Journal of Perioperative Geriatrics", "2024-03")
    assert paper.authors == "Aoife Brennan, Kwame Mensah, Sofia Lindqvist"
    assert {part.origin for part in paper.parts if part.role == "content"} == {Origin.TRIAL}


def test_references_are_furniture_and_funding_is_content():
    parts = read_paper((DATA / "full-text.md").read_text(encoding="utf-8")).parts
    assert {part.role for part in parts if part.section == "References"} <= {"heading", "furniture", "blank"}
    assert any(part.role == "content" and "Council" in part.text for part in parts if part.section == "Funding")


def test_headings_and_text_on_one_line_are_parted_at_known_words():
    paper = read_paper(
        "# Abstract ## Background Pain is common. ## Methods: We randomised 40. ## Results of all It fell. "
        "# Results ## Patients A total of 40."
    )
    assert sections(paper) == [
        ("Background", "Pain is common."),
        ("Methods", "We randomised 40."),
        ("Methods", "Results of all It fell."),
        ("Patients", "A total of 40."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "BACKGROUND: Pain is common.\nMETHODS: We cut.\nRESULTS: It fell.",
        "ABSTRACT.BACKGROUND:\nPain is common.\n\nABSTRACT.METHODS::\nWe cut.\n\nABSTRACT.RESULTS:\nIt fell.",
        "Background: Pain is common. Methods: We cut. Results: It fell.",
        "**Background:** Pain is common.\n\n**Methods:** We cut.\n\n**Results:** It fell.",
        "Background\n\nPain is common.\n\nMethods\n\nWe cut.\n\nResults\n\nIt fell.",
        "## 1. Background\nPain is common.\n## 2. Methods\nWe cut.\n## 3. Results\nIt fell.",
    ],
)
def test_a_structured_abstract_is_read_in_any_usual_form(text: str):
    paper = read_paper(text)
    assert [(section.title(), part) for section, part in sections(paper)] == [
        ("Background", "Pain is common."),
        ("Methods", "We cut."),
        ("Results", "It fell."),
    ]
    assert paper.source_kind is SourceKind.ABSTRACT


def test_a_title_with_its_label_is_the_title():
    paper = read_paper("TITLE: \nDoes it work? A trial.\n\n\n\nABSTRACT.METHODS:\nWe cut.\n")
    assert paper.title is not None
    assert paper.title.text == "Does it work? A trial."


def test_a_text_without_headings_is_read_as_it_is_and_is_nobodys_trial():
    paper = read_paper("Shopping list for the weekend.\n\nBread, milk and eggs are needed.\n")
    assert paper.source_kind is SourceKind.OTHER
    assert {part.origin for part in paper.parts if part.role == "content"} == {Origin.COMMENTARY}
    assert len(sections(paper)) == 2


def test_a_heading_of_the_texts_own_opens_a_section():
    paper = read_paper("A guide to sleep\n\nSleep is good.\n\nWhat to avoid\n\nCoffee late in the day is best avoided.\n")
    assert sections(paper) == [("text", "Sleep is good."), ("What to avoid", "Coffee late in the day is best avoided.")]


@pytest.mark.parametrize("text", ["Hello", "x\ny", "# Only a heading"])
def test_a_text_of_a_line_or_two_keeps_its_words(text: str):
    parts = read_paper(text).parts
    assert "".join(part.text for part in parts if part.role != "blank").replace("\n", "") == text.replace("\n", "")
