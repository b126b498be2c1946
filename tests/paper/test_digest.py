"""A digest page is read by its sections, in whatever order and form they come."""

from pathlib import Path

import pytest

from journal_club.paper.model import Origin, Paper, SourceKind
from journal_club.paper.reading import read_paper
from tests.conftest import SECOND_PAGE

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def second() -> Paper:
    return read_paper(SECOND_PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def markdown() -> Paper:
    return read_paper((DATA / "markdown-page.md").read_text(encoding="utf-8"))


def test_the_head_of_the_seed(seed_text: str):
    paper = read_paper(seed_text)
    assert (paper.journal, paper.published, paper.authors) == ("The Lancet Oncology", "2026-02-01", "Hermann Einsele, et al.")
    assert paper.title is not None
    assert paper.title.text.startswith("Cilta-cel in lenalidomide-refractory multiple myeloma (CARTITUDE-4)")


def test_the_prose_of_the_seed(seed_text: str):
    paper = read_paper(seed_text)
    assert [finding.text.split(" ", 3)[0] for finding in paper.key_findings] == ["At", "Overall", "Patient-reported", "Treatment-related"]
    assert len(paper.limitations) == 3
    assert all((paper.bottom_line, paper.clinical_significance, paper.historical_context))


def test_page_furniture_of_the_seed_is_known_as_such(seed_text: str):
    furniture = {part.text for part in read_paper(seed_text).parts if part.role == "furniture" and part.field != "marker"}
    assert {text.split(" ")[0] for text in furniture} == {"High-yield", "Critical", "Tailored", "Want", "Add", "Personalize"}


def test_sections_may_come_in_another_order_and_be_missing(second: Paper):
    assert len(second.key_findings) == 5
    assert [field.name for field in second.study_design][:3] == ["population", "intervention", "outcome"]
    assert [item.persona for item in second.discussion] == ["journal_editor", "guideline_committee", "resident", "nurse_practitioner"]
    assert [(row.year, row.n) for row in second.related_trials] == [(2020, 984), (2011, 18_201)]
    assert second.historical_context is None


def test_an_unknown_section_keeps_its_heading_and_is_commentary(second: Paper):
    (part,) = [part for part in second.parts if part.section == "Funding and Registration" and part.role == "content"]
    assert part.origin is Origin.COMMENTARY
    assert part.text.startswith("The trial was funded")


def test_a_markdown_page_is_read_alike(markdown: Paper):
    assert markdown.source_kind is SourceKind.DIGEST
    assert (markdown.journal, markdown.published, markdown.link) == ("Respiratory Care Review", "2025-03-18", "10.5555/rcr.2025.0318")
    assert len(markdown.key_findings) == 3
    assert [limitation.text for limitation in markdown.limitations][1] == "Therapists could not be blinded."
    assert [part.text for part in markdown.parts if part.section == "Cost" and part.role == "content"] == [
        "The programme cost 640 euros a patient."
    ]


def test_headings_of_a_key_response_stay_in_it(markdown: Paper):
    responses = [item.key_response.text for item in markdown.discussion if item.key_response]
    assert responses[0].endswith("##### Mechanism\n\nCorticosteroids add a myopathy of their own.")
    assert responses[1].startswith("**Limitations:**")


@pytest.mark.parametrize(
    ("body", "findings"),
    [
        ("1. A fell.\n2. B rose.", ["A fell.", "B rose."]),
        ("1) A fell.\n\n2) B rose.", ["A fell.", "B rose."]),
        ("- A fell.\n- B rose\n  in all.", ["A fell.", "B rose\n  in all."]),
        ("A fell.\nB rose.", ["A fell.", "B rose."]),
        ("A fell\nin all.\n\nB rose.", ["A fell\nin all.", "B rose."]),
        ("1.\nA fell.\n2.\nB rose.", ["A fell.", "B rose."]),
        ("### First\n\n1. A fell.\n\n### Second\n\n1. B rose.", ["A fell.", "B rose."]),
        ("• A fell by 1.5 mg.\n• B rose.", ["A fell by 1.5 mg.", "B rose."]),
    ],
)
def test_findings_may_be_numbered_bulleted_or_plain(body: str, findings: list[str]):
    paper = read_paper(f"## Bottom Line\n\nIt works.\n\n## Key Findings\n\n{body}\n\n## Limitations\n\nSmall.\n")
    assert [finding.text for finding in paper.key_findings] == findings
    items = [part.item for part in paper.parts if part.section == "key_findings" and part.role == "content"]
    assert items == list(range(len(findings)))


def test_text_behind_a_headings_colon_is_the_sections():
    paper = read_paper("A trial\n\nBottom Line: It works.\n\nKey Findings:\n1. It fell.\n")
    assert paper.bottom_line is not None
    assert paper.bottom_line.text == "It works."


def test_a_section_that_the_page_has_twice_hides_nothing_between():
    paper = read_paper(
        "A trial\n\nBottom Line\n\nOne.\n\nGuided Discussion\n\nFellow\nFellow\n\nWhy?\n\n"
        "Key Response\n\nkkk.\n\nKey Findings\n\n1. A.\n\nBottom Line\n\nTwo.\n"
    )
    assert paper.bottom_line is not None
    assert "kkk" not in paper.bottom_line.text


def test_a_research_article_with_a_few_of_the_names_is_no_digest():
    text = "# A trial\n\n## Abstract\n\nShort.\n\n## Methods\n\n### Study design\n\nWe cut.\n\n## Results\n\nIt fell.\n"
    text += "\n## Key findings\n\nIt fell.\n"
    assert read_paper(text).source_kind is not SourceKind.DIGEST
