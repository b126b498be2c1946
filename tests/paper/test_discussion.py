"""The answer key stays the answer key, whatever a page does with it."""

from itertools import product

import pytest

from journal_club.paper.errors import MissingQuestionError
from journal_club.paper.model import ANSWERING_ORIGINS, Origin, Paper
from journal_club.paper.reading import read_paper

HEAD = "The Journal May 1, 2024\n\nA trial of x\n\nA. Author, et al.\n\nBottom Line\n\nThe drug works.\n\n"
ITEM = "Fellow\nFellow\n\nWhy qqq?\n\nKey Response\n\nkkk first.\n\n"
NEXT = "PhD\nPhD\n\nHow qqq?\n\nKey Response\n\nkkk second.\n\n"


def evidence(paper: Paper) -> str:
    """All text that may become evidence."""
    return "\n".join(part.text for part in paper.parts if part.origin in ANSWERING_ORIGINS)


RESPONSES = {
    "several paragraphs": "kkk one.\n\nkkk two.\n\nkkk three.",
    "a list": "- kkk one\n- kkk two\n\n* kkk three",
    "numbers": "1. kkk one\n2. kkk two",
    "a heading of its own": "kkk one.\n\nLimitations\n\nkkk two.",
    "a section's name": "kkk one.\n\nStudy Limitations\n\nkkk two.",
    "a section's name with a colon": "kkk one.\n\nKey Findings:\n\nkkk two.",
    "a row's label": "kkk one.\n\nKey result: kkk two.\n\nTested\n\nkkk three.",
    "a persona": "kkk one.\n\nFellow\n\nkkk two.",
    "a persona with a colon": "kkk one.\n\nResident: kkk two.",
    "markdown headings": "kkk one.\n\n#### Mechanism\n\nkkk two.\n\n## Limitations\n\nkkk three.",
    "a bold heading": "kkk one.\n\n**Clinical Significance**\n\nkkk two.",
    "an inline section": "kkk one.\n\nBottom line: kkk two.",
    "a year": "kkk one.\n\n2016\n\nkkk Trial\n\nn = 498 · kkk",
    "a rule": "kkk one.\n\n---\n\nkkk two.",
    "a question": "kkk one.\n\nBut why kkk?\n\nkkk two.",
    "page furniture": "kkk one.\n\nWant this tailored to you?\n\nkkk two.",
    "many blank lines": "\n\n\nkkk one.\n\n\n\n\nkkk two.",
}
LABELS = [
    "Key Response\n\n",
    "Key Response:\n",
    "KEY RESPONSE\n",
    "Key Response: ",
    "**Key Response:** ",
    "**Key Response**\n",
    "### Key Response\n\n",
]
LABELS += ["Key response - ", "> Key Response\n", "Key Responses\n\n", "\tKey Response \n\n", "key response:\n", "- Key Response: "]


@pytest.mark.parametrize(("name", "label"), [*product(RESPONSES, ["Key Response\n\n", "**Key Response:** "])])
def test_no_form_of_a_key_response_becomes_evidence(name: str, label: str):
    page = f"{HEAD}Guided Discussion\n\nFellow\nFellow\n\nWhy qqq?\n\n{label}{RESPONSES[name]}\n\n{NEXT}Study Limitations\n\nSmall.\n"
    paper = read_paper(page)
    assert "kkk" not in evidence(paper)
    assert "qqq" not in evidence(paper)
    assert [excerpt.text for excerpt in paper.limitations] == ["Small."]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    "group", ["Guided Discussion\n\n", "## Guided Discussion\n\n", "Questions for the Reader\n\n", "", "Discussion:\n\n"]
)
def test_a_key_response_is_known_by_any_usual_label(label: str, group: str):
    paper = read_paper(f"{HEAD}{group}Fellow\nFellow\n\nWhy qqq?\n\n{label}kkk one.\n\nkkk two.\n")
    (item,) = paper.discussion
    assert "kkk" not in evidence(paper)
    assert item.persona == "fellow"
    assert item.question.text == "Why qqq?"
    assert item.key_response is not None
    assert item.key_response.text == "kkk one.\n\nkkk two."


@pytest.mark.parametrize(
    "group", ["Guided Discussion", "## Guided Discussion", "**Guided Discussion**", "GUIDED DISCUSSION", "Guided Discussion:"]
)
@pytest.mark.parametrize("following", ["Clinical Significance", "Noteworthy Related Trials", "Historical Context"])
def test_a_section_after_the_discussion_is_no_part_of_it(group: str, following: str):
    text = "2016\n\nX Trial\n\nn = 12 · NEJM" if following.startswith("Note") else "It matters."
    paper = read_paper(
        f"{HEAD}{group}\n\n{ITEM}{NEXT}{group.replace('Guided Discussion', following).replace('GUIDED DISCUSSION', following)}\n\n{text}\n"
    )
    assert text[:4] in evidence(paper)
    assert "kkk" not in evidence(paper)


@pytest.mark.parametrize("heading", ["Study Limitations", "Clinical Significance", "Bottom Line"])
def test_a_section_that_the_page_has_elsewhere_does_not_end_the_last_key_response(heading: str):
    other = {"Bottom Line": ""}.get(heading, f"{heading}\n\nThe page's own.\n\n")
    paper = read_paper(
        f"{HEAD}{other}Guided Discussion\n\nFellow\nFellow\n\nWhy qqq?\n\nKey Response\n\nkkk one.\n\n{heading}\n\nkkk two.\n"
    )
    assert "kkk" not in evidence(paper)


def test_a_discussion_before_all_other_sections_keeps_its_text():
    paper = read_paper(
        f"A trial\n\nGuided Discussion\n\n{ITEM}Scholarly Review\n\n{NEXT}Key Findings\n\n1. It fell.\n\nBottom Line\n\nIt works.\n"
    )
    assert "kkk" not in evidence(paper)
    assert [item.group for item in paper.discussion] == ["Guided Discussion", "Scholarly Review"]
    assert [finding.text for finding in paper.key_findings] == ["It fell."]


def test_an_item_may_lack_its_key_response():
    paper = read_paper(f"{HEAD}Guided Discussion\n\nResident\nResident\n\nWhy qqq?\n\n{NEXT}")
    first, second = paper.discussion
    assert (first.persona, first.key_response) == ("resident", None)
    assert second.key_response is not None
    assert "qqq" not in evidence(paper)


def test_a_persona_that_is_not_ours_keeps_its_slug():
    paper = read_paper(f"{HEAD}Guided Discussion\n\n{ITEM}Nurse Practitioner\n\nWhat qqq?\n\nKey Response\n\nkkk three.\n")
    assert [(item.persona, item.label) for item in paper.discussion] == [("fellow", "Fellow"), ("nurse_practitioner", "Nurse Practitioner")]


def test_a_question_may_have_several_paragraphs_and_no_question_mark():
    (item,) = read_paper(f"{HEAD}Guided Discussion\n\nPhD\nPhD\n\nTake the ITT set.\n\nCriticise qqq.\n\nKey Response\n\nkkk.\n").discussion
    assert item.question.text == "Take the ITT set.\n\nCriticise qqq."


@pytest.mark.parametrize(
    "body", ["Key Response\n\nkkk.\n", "Fellow\nFellow\n\nKey Response\n\nkkk.\n", ITEM + "Key Response\n\nkkk again.\n"]
)
def test_a_key_response_without_a_question_is_refused_with_its_line(body: str):
    page = f"{HEAD}Guided Discussion\n\n{body}"
    with pytest.raises(MissingQuestionError, match="question") as caught:
        read_paper(page)
    assert page.split("\n")[caught.value.line - 1] == "Key Response"


def test_the_seven_items_of_the_seed(seed_text: str):
    items = read_paper(seed_text).discussion
    assert [item.persona for item in items] == [
        "medical_student", "resident", "fellow", "attending", "phd", "journal_editor", "guideline_committee",
    ]  # fmt: skip
    assert [item.group for item in items] == ["Guided Discussion"] * 4 + ["Scholarly Review"] * 3
    assert all(item.key_response and item.key_response.text.endswith(".") for item in items)


def test_questions_and_key_responses_of_the_seed_are_parts_of_their_own(seed_text: str):
    parts = [part for part in read_paper(seed_text).parts if part.origin in {Origin.QUESTION, Origin.KEY_RESPONSE}]
    assert [(part.item, part.field) for part in parts] == [(item, field) for item in range(7) for field in ("question", "key_response")]


@pytest.mark.parametrize(
    "lost", ["Guided Discussion", "Medical Student", "Key Response", "Fellow", "High-yield insights from every perspective"]
)
def test_a_page_that_lost_some_of_its_labels_keeps_the_answer_key(seed_text: str, lost: str):
    secret = [item.key_response.text for item in read_paper(seed_text).discussion if item.key_response]
    paper = read_paper(seed_text.replace(f"{lost}\n", "\n", 1))
    assert not any(text in evidence(paper) for text in secret)
