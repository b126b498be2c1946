"""The study-design card is read however its labels stand."""

import pytest

from journal_club.paper.model import DesignField
from journal_club.paper.reading import read_paper


def fields(card: str) -> tuple[DesignField, ...]:
    return read_paper(f"Bottom Line\n\nIt works.\n\nStudy Design\n\n{card}\n").study_design


def values(card: str) -> dict[str, list[str]]:
    return {field.name: [value.text for value in field.values] for field in fields(card)}


def test_the_seeds_card(seed_text: str):
    card = {field.name: [value.text for value in field.values] for field in read_paper(seed_text).study_design}
    assert list(card) == ["design", "sample", "duration", "setting", "population", "intervention", "comparator", "outcome"]
    assert card["design"] == ["RCT", "Open-Label"]
    assert card["sample"] == ["419", "Patients"]
    assert card["duration"] == ["33.6 mo", "Median"]
    assert card["outcome"] == ["Progression-free survival (PFS) in the intention-to-treat population."]


@pytest.mark.parametrize(
    "card",
    [
        "Population\nAdults with x.",
        "Population Adults with x.",
        "Population: Adults with x.",
        "**Population:** Adults with x.",
        "- Population: Adults with x.",
    ],
)
def test_a_label_may_stand_alone_before_its_value_or_with_a_colon(card: str):
    assert values(f"Sample\n12\n{card}\nSetting\nOne site") == {"sample": ["12"], "population": ["Adults with x."], "setting": ["One site"]}


def test_a_value_in_lower_case_is_read():
    assert values("Intervention semaglutide 2.4 mg weekly\nComparator placebo") == {
        "intervention": ["semaglutide 2.4 mg weekly"],
        "comparator": ["placebo"],
    }


def test_a_value_that_begins_with_a_labels_word_is_no_label():
    assert values("Design\nRCT\nOutcome assessors blinded\nOutcome\nDuration of response") == {
        "design": ["RCT", "Outcome assessors blinded"],
        "outcome": ["Duration of response"],
    }


def test_a_label_of_the_pages_own_needs_its_colon():
    assert values("Design\nRCT\nSecondary outcome: Death\nAllocation\n1:1") == {
        "design": ["RCT"],
        "secondary_outcome": ["Death", "Allocation", "1:1"],
    }


def test_a_field_is_one_excerpt_with_its_label():
    (field,) = fields("Sample\n\n419\n\nPatients")
    assert field.excerpt.text == "Sample\n\n419\n\nPatients"
