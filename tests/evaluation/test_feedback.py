"""Feedback: a learner's answer held against a key response."""

import pytest

from journal_club.club import JournalClub
from journal_club.evaluation.cutting import points_of
from journal_club.evaluation.feedback import Feedback, FeedbackPoint, UnknownItemError, feedback
from journal_club.library.errors import UnknownPaperError
from journal_club.paper.sentences import sentences

ITEMS = [
    *(
        ("cartitude-4", item)
        for item in ("medical_student", "resident", "fellow", "attending", "phd", "journal_editor", "guideline_committee")
    ),
    *(("second-page", item) for item in ("journal_editor", "guideline_committee", "resident")),
]
IN_OTHER_WORDS = {
    ("cartitude-4", "medical_student"): (
        "It is a CAR-T product whose receptor has two domains that bind BCMA. BCMA sits on the surface of myeloma cells and other plasma "
        "cells and hardly anywhere else in healthy tissue, so there is little off-target toxicity and T cells get a strong target."
    ),
    ("cartitude-4", "resident"): (
        "Cilta-cel is given once after lymphodepleting chemotherapy, whereas DPd or PVd go on continuously. You have to watch closely in "
        "the first weeks for CRS and ICANS. With the triplets, cytopenias, neuropathy and infections add up over the years."
    ),
    ("cartitude-4", "fellow"): (
        "OS was better with a hazard ratio of 0.55 in patients with 1 to 3 prior lines. For lenalidomide-refractory patients, who are more "
        "and more common because of maintenance, cilta-cel beats standard triplets. Going earlier gives fitter T cells and deeper "
        "MRD-negative responses because the immune system is less exhausted."
    ),
    ("cartitude-4", "phd"): (
        "About 15% dropped out between randomisation and infusion, which shows the problem of vein-to-vein time. Since overall survival "
        "was still better by intention to treat, the effect in those infused must be very large. Faster manufacturing and better bridging "
        "therapy should be studied so that more patients get infused."
    ),
    ("second-page", "resident"): (
        "Renal function: I would calculate the creatinine clearance with Cockcroft-Gault because most DOACs are cleared by the kidney and "
        "accumulate. Next I check haemoglobin and platelets."
    ),
    ("second-page", "guideline_committee"): (
        "One trial paid for by the sponsor is rarely enough for class I. A class IIa conditional recommendation would be defensible while "
        "registries collect safety data."
    ),
}


def given(club: JournalClub, text: str, paper_id: str, item: str) -> Feedback:
    return feedback(club, text, paper_id=paper_id, item=item)


def demanded(found: Feedback) -> list[FeedbackPoint]:
    return [point for point in found.points if not point.disputed]


@pytest.mark.parametrize(("paper_id", "item"), ITEMS)
def test_the_key_response_covers_itself(club: JournalClub, paper_id: str, item: str) -> None:
    key = next(one.key_response for one in club.library.paper(paper_id).discussion if one.persona == item)
    assert key
    found = given(club, key.text, paper_id, item)
    assert {point.verdict for point in found.points} == {"covered"}
    assert found.counts.covered == len(demanded(found))


@pytest.mark.parametrize(("paper_id", "item"), ITEMS)
@pytest.mark.parametrize("text", ["", " \n\t", "I do not know.", "?"])
def test_nothing_said_misses_every_point(club: JournalClub, paper_id: str, item: str, text: str) -> None:
    found = given(club, text, paper_id, item)
    assert {(point.verdict, point.learner) for point in found.points} == {("missed", None)}
    assert not found.also


@pytest.mark.parametrize(("paper_id", "item"), ITEMS)
def test_the_question_is_no_answer(club: JournalClub, paper_id: str, item: str) -> None:
    question = next(one.question.text for one in club.library.paper(paper_id).discussion if one.persona == item)
    for copy in (question, question.rstrip("?") + ".", f"{question} {question}"):
        found = given(club, copy, paper_id, item)
        assert {point.verdict for point in found.points} == {"missed"}
        assert not found.also


@pytest.mark.parametrize(("place", "text"), IN_OTHER_WORDS.items())
def test_a_right_answer_in_other_words_gets_credit(club: JournalClub, place: tuple[str, str], text: str) -> None:
    found = given(club, text, *place)
    credited = [point for point in demanded(found) if point.verdict in ("covered", "partly")]
    assert len(credited) == len(demanded(found))
    assert not found.also


@pytest.mark.parametrize(
    "text",
    [
        "The trial showed a significant overall survival benefit (HR 0.45) in early relapse.",
        "The hazard ratio for overall survival was 0.75.",
        "Overall survival was not improved by cilta-cel in early relapse.",
    ],
)
def test_a_wrong_result_is_contradicted_by_key_and_paper(club: JournalClub, text: str) -> None:
    found = given(club, text, "cartitude-4", "fellow")
    assert found.points[0].verdict == "contradicted"
    assert found.points[0].learner
    assert found.points[0].learner.text == text
    assert [one.text for one in found.also] == [text]


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("medical_student", "BCMA is absent on myeloma cells and highly expressed on most healthy tissues."),
        (
            "resident",
            "Triplet therapy is a one-time infusion, and cilta-cel goes on for years with cumulative neuropathy and infections.",
        ),
        ("fellow", "Standard triplets are superior to cilta-cel in lenalidomide-refractory patients."),
        ("resident", "CRS does not occur with cilta-cel, which needs no monitoring."),
        ("medical_student", "I like bananas and plasma televisions."),
    ],
)
def test_the_right_words_on_the_wrong_side_get_nothing(club: JournalClub, item: str, text: str) -> None:
    found = given(club, text, "cartitude-4", item)
    assert {point.verdict for point in found.points} <= {"missed", "contradicted"}


def test_what_is_seldom_so_is_not_so(club: JournalClub) -> None:
    found = given(club, "A class I recommendation is earned by this single study.", "second-page", "guideline_committee")
    assert found.points[0].verdict in ("missed", "contradicted")


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("resident", "One infusion after bridging and lympho-depletion, then no more therapy."),
        ("fellow", "hr 0.55"),
        ("fellow", "HR 0,55 for OS in 1-3 prior lines."),
        ("fellow", "HR 0.55 for OS in 1 to 3 prior lines."),
        ("attending", "Refer early, so that T cells can be collected before more chemotherapy harms the immune system."),
        ("phd", "About 15% dropped out between randomisation and infusion."),
        ("phd", "An as-treated analysis should be added."),
        ("journal_editor", "OS benefit, not just PFS, against active approved regimens makes it robust."),
        (
            "guideline_committee",
            "71% reduction in progression or death and HR 0.55 for OS argue for recommending it as early as second line.",
        ),
        ("guideline_committee", "Yes, category 1, for patients with one prior line."),
        ("guideline_committee", "NCCN used to place CAR-T in later lines, after four lines or more."),
    ],
)
def test_free_words_are_no_contradiction(club: JournalClub, item: str, text: str) -> None:
    found = given(club, text, "cartitude-4", item)
    assert "contradicted" not in {point.verdict for point in found.points}
    assert not found.also


def test_a_decimal_comma_is_a_decimal_point(club: JournalClub) -> None:
    with_comma, with_point = (given(club, f"HR 0{sign}55 for OS in 1-3 prior lines.", "cartitude-4", "fellow") for sign in ",.")
    assert [one.verdict for one in with_comma.points] == [one.verdict for one in with_point.points]
    assert with_comma.points[0].verdict in ("covered", "partly")


@pytest.mark.parametrize(
    ("paper_id", "item", "words", "others"),
    [
        ("cartitude-4", "fellow", "0.55", "0.65"),
        ("cartitude-4", "fellow", "superior", "inferior"),
        ("cartitude-4", "medical_student", "absent on", "present on"),
        ("cartitude-4", "medical_student", "BCMA is", "CD38 is"),
        ("cartitude-4", "phd", "15%", "35%"),
        ("cartitude-4", "phd", "still observed", "not observed"),
        ("cartitude-4", "journal_editor", "showed an OS benefit", "showed no OS benefit"),
        ("cartitude-4", "guideline_committee", "Level 1", "Level 3"),
        ("cartitude-4", "attending", "early referral", "late referral"),
        ("second-page", "journal_editor", "seven fewer", "seventy fewer"),
        ("second-page", "guideline_committee", "class IIa", "class IIb"),
        ("second-page", "guideline_committee", "seldom", "always"),
        ("second-page", "resident", "renal", "hepatic"),
    ],
)
def test_one_wrong_word_in_the_key_response_costs_its_point_alone(
    club: JournalClub, paper_id: str, item: str, words: str, others: str
) -> None:
    key = next(one.key_response for one in club.library.paper(paper_id).discussion if one.persona == item)
    assert key
    said = [sentence.text for sentence in sentences(key.text)]
    for wrong in [one for one in said if words in one]:
        points = given(club, wrong.replace(words, others), paper_id, item).points
        assert {point.verdict for point in points if words in point.text} <= {"missed", "contradicted"}
    rest = [point for point in given(club, key.text.replace(words, others), paper_id, item).points if words not in point.text]
    assert all(point.verdict == "covered" for point in rest)


def test_a_disputed_point_is_demanded_of_nobody_and_the_supported_number_is_no_fault(club: JournalClub) -> None:
    text = "The survival benefit (HR 0.55; p=0.0009) makes it a potentially curative early intervention."
    found = given(club, text, "cartitude-4", "attending")
    disputed = next(point for point in found.points if point.disputed)
    assert "0.0003" in disputed.text
    assert disputed.explanation
    assert disputed.verdict in ("partly", "covered")
    assert found.counts.disputed == 1
    assert sum(found.counts.model_dump().values()) == len(found.points)
    assert not found.also


def test_every_place_slices_its_own_text(club: JournalClub) -> None:
    source = club.library.paper("cartitude-4").source_text
    for (paper_id, item), text in IN_OTHER_WORDS.items():
        found = given(club, text, paper_id, item)
        own = club.library.paper(paper_id).source_text if paper_id != "cartitude-4" else source
        for point in found.points:
            assert own[point.start_char_index : point.end_char_index] == point.text
            assert found.key_response.start_char_index <= point.start_char_index < point.end_char_index <= found.key_response.end_char_index
            assert point.learner is None or text[point.learner.start_index : point.learner.end_index] == point.learner.text
            assert all(own[one.start_char_index : one.end_char_index] == one.cited_text for one in point.passages)


def test_the_papers_own_sentences_stand_beside_what_it_says_too(club: JournalClub) -> None:
    fellow, student = given(club, "", "cartitude-4", "fellow"), given(club, "", "cartitude-4", "medical_student")
    assert any("HR 0.55" in one.cited_text for one in fellow.points[0].passages)
    assert student.points[1].passages == []
    assert {one.origin for point in fellow.points for one in point.passages} <= {"trial", "commentary"}


def test_unknown_items_and_papers_are_refused(club: JournalClub) -> None:
    for item in ("nobody", "", "-1", "99"):
        with pytest.raises(UnknownItemError, match="medical_student"):
            given(club, "x", "cartitude-4", item)
    with pytest.raises(UnknownItemError, match="no key response"):
        given(club, "x", "second-page", "nurse_practitioner")
    with pytest.raises(UnknownItemError, match="none"):
        given(club, "x", "full-text", "fellow")
    with pytest.raises(UnknownPaperError):
        given(club, "x", "nothing", "fellow")


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("One short sentence; it stays whole.", 1),
        ("However, it requires close monitoring for many toxic effects, whereas triplets carry other risks over many years.", 2),
        ("Creatinine clearance is measured since the kidney governs the drug; haemoglobin and platelets come next in the work-up.", 2),
        ("It is expressed on the surface of plasma cells in the marrow, minimizing harm while providing a target for the cells.", 1),
        ("The drug lowered the risk of stroke in older adults with kidney disease, and the trial was stopped early for that reason.", 2),
        ("- First thing is said.\n- Second thing is said.", 2),
        ("", 0),
    ],
)
def test_points_are_cut_where_each_part_stands_alone(text: str, points: int) -> None:
    cut = points_of(text, offset=7)
    assert len(cut) == points
    assert all(text[one.start - 7 : one.end - 7] == one.text for one in cut)
