"""What a text does not carry is refused, named in the question's words, and what it does carry is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
import pytest

from journal_club.answering.coverage.abstention import Coverage, judge, message_of
from journal_club.answering.coverage.question import read_question
from journal_club.club import JournalClub, open_club
from journal_club.paper.reading import read_paper
from journal_club.settings import ChatSettings, Settings

SEED = "cartitude-4"


def coverage_of(club: JournalClub, question: str, paper_id: str = SEED) -> Coverage:
    return judge(read_question(question), club.search(question, paper_id=paper_id), paper=club.library.paper(paper_id))


@contextmanager
def opened(folder: Path, text: str) -> Iterator[JournalClub]:
    """A club that has read one text more, as "asked"."""
    club = open_club(Settings(data_dir=folder, chat=ChatSettings(endpoint="none")))
    club.library.ingest("asked", text)
    yield club
    anyio.run(club.aclose)


@pytest.mark.parametrize(
    "question",
    [
        "What was the hazard ratio for overall survival?",
        "How many patients were enrolled?",
        "What was the control?",
        "Was it blinded?",
        "What does DPd stand for?",
        "What did POLLUX test?",
        "How many patients did KarMMa-3 enrol?",
        "How long was follow-up?",
        "Should patients in first relapse receive it?",
        "What did the trial find?",
        "Summarise the paper",
        "Who was eligible?",
        "can we trust the results?",
        "what's the catch?",
        "so what?",
        "wat was teh hazzard ration for progresion free survivl",
        "how much lower was the risk of death?",
        "p value OS",
    ],
)
def test_what_the_page_carries_is_not_refused(club: JournalClub, question: str):
    coverage = coverage_of(club, question)
    assert coverage.reason is None
    assert coverage.looked_for == ()


@pytest.mark.parametrize(
    ("question", "looked_for"),
    [
        ("What was the complete response rate?", ("complete response rate",)),
        ("What was the median age?", ("median age",)),
        ("What dose of fludarabine was given?", ("dose of fludarabine",)),
        ("What was the cost?", ("cost",)),
        ("How many patients had grade 3 CRS?", ("grade 3 CRS",)),
        ("HR for OS in CASTOR?", ("HR for OS",)),
        ("What was the target antigen of cilta-cel?", ("target antigen",)),
        ("Does it work in patients older than 80?", ("older than 80",)),
        ("Who funded the trial?", ("funded",)),
    ],
)
def test_what_the_page_does_not_report_is_named_in_the_questions_words(club: JournalClub, question: str, looked_for: tuple[str, ...]):
    coverage = coverage_of(club, question)
    assert coverage.reason == "not_reported"
    assert coverage.looked_for == looked_for


@pytest.mark.parametrize(
    "question",
    [
        "What was the OS hazard ratio in KEYNOTE-189?",
        "How many patients were in the cilta-cel group?",
        "How many centres took part?",
        "What was the PFS rate at 12 months?",
        "What was the median PFS in KarMMa-3?",
        "What was the hazard ratio in patients with high-risk cytogenetics?",
    ],
)
def test_near_questions_are_not_answered_with_other_figures(club: JournalClub, question: str):
    assert coverage_of(club, question).reason == "not_reported"


@pytest.mark.parametrize("question", ["What is the capital of France?", "Who won the 2022 World Cup?", "Write me a poem about Paris"])
def test_what_is_not_about_the_paper_is_out_of_scope(club: JournalClub, question: str):
    assert coverage_of(club, question).reason == "out_of_scope"


def test_the_row_of_a_named_trial_is_nearest_to_what_it_lacks(club: JournalClub):
    assert "CASTOR" in coverage_of(club, "HR for OS in CASTOR?").nearest[0].excerpt.text


@pytest.mark.parametrize(
    ("persona", "named"),
    [
        ("medical_student", {"target antigen"}),
        ("fellow", {"quad-exposed"}),
        ("attending", {"hospital infrastructure", "referral patterns", "biochemical progression"}),
        ("phd", {"as-treated"}),
        ("guideline_committee", {"Category 1, Preferred", "NCCN", "IMWG guidelines"}),
    ],
)
def test_of_a_discussion_question_the_missing_parts_are_named_and_the_rest_answered(club: JournalClub, persona: str, named: set[str]):
    item = next(item for item in club.library.paper(SEED).discussion if item.persona == persona)
    coverage = coverage_of(club, item.question.text)
    assert coverage.reason is None
    assert named <= set(coverage.looked_for)
    assert len(coverage.looked_for) <= len(named) + 1


@pytest.mark.parametrize("persona", ["resident", "journal_editor"])
def test_a_discussion_question_that_is_carried_is_not_refused_in_part(club: JournalClub, persona: str):
    item = next(item for item in club.library.paper(SEED).discussion if item.persona == persona)
    assert coverage_of(club, item.question.text).looked_for == ()


def test_a_question_in_another_language_is_told_so(club: JournalClub):
    coverage = coverage_of(club, "Quel était le hazard ratio pour la survie globale ?")
    message = message_of("out_of_scope", looked_for=coverage.looked_for, partial=False, acute=False, paper=club.library.paper(SEED))
    assert coverage.reason == "out_of_scope"
    assert "ask in English" in message


def test_one_persons_question_shows_whom_the_trial_enrolled(club: JournalClub):
    coverage = coverage_of(club, "Should my mother, who is 82, have cilta-cel?")
    assert coverage.reason == "patient_specific"
    assert coverage.nearest[0].excerpt.text.startswith("Population")


def test_of_two_endpoints_the_missing_one_is_named(club: JournalClub):
    coverage = coverage_of(club, "What was the hazard ratio for overall survival and for stroke?")
    assert coverage.reason is None
    assert any("stroke" in phrase for phrase in coverage.looked_for)


def test_a_primary_outcome_is_what_the_page_says_it_is(club: JournalClub):
    coverage = coverage_of(club, "What was the p value for the primary outcome?", "second-page")
    assert coverage.reason is None
    assert any("p=0.046" in one.unit.excerpt.text for one in coverage.parts[0].best[:2])


@pytest.mark.parametrize(
    ("text", "words"),
    [("# Abstract\nA short text.", "This"), ("No heading at all, just words that say little.", "This text does not report")],
)
def test_only_of_a_full_text_the_paper_is_said_not_to_report(text: str, words: str):
    message = message_of("not_reported", looked_for=("cost",), partial=False, acute=False, paper=read_paper(text))
    assert message.startswith(words)
    assert '"cost"' in message


def test_symptoms_now_are_sent_to_the_treating_centre(club: JournalClub):
    message = message_of("patient_specific", looked_for=(), partial=False, acute=True, paper=club.library.paper(SEED))
    assert "contact the treating centre now" in message


def test_a_mechanism_is_answered_by_what_the_treatment_is_and_its_target_is_named_as_missing(club: JournalClub):
    coverage = coverage_of(club, "What is the mechanism of cilta-cel, and which target antigen does it bind?")
    assert coverage.reason is None
    assert coverage.looked_for == ("target antigen",)


@pytest.mark.parametrize(
    "question",
    [
        "What was the MRD negativity rate?",
        "What was the target antigen?",
        "who paid for this",
        "what were the exclusion criteria",
        "did quality of life get better",
        "does it cause parkinsonism",
        "did they do a power calculation",
        "not",
    ],
)
def test_a_clinical_question_is_not_reported_rather_than_out_of_scope(club: JournalClub, question: str):
    assert coverage_of(club, question).reason == "not_reported"


@pytest.mark.parametrize(
    "question", ["so what's the take home message?", "should this change our practice?", "what does it mean for my patients?"]
)
@pytest.mark.parametrize("text", ["# A trial\n\n## Results\n\n{}\n\n## Conclusions\n\n{}", "# A trial\n\n{}\n\n{}"])
def test_a_text_is_asked_for_its_conclusion_whatever_it_calls_it(tmp_path: Path, question: str, text: str):
    concluded = "In conclusion, the cream reduced itching and may be used in adults."
    with opened(tmp_path, text.format("Itching was assessed in 40 adults every week.", concluded)) as club:
        coverage = coverage_of(club, question, "asked")
    assert [unit.excerpt.text for unit in coverage.parts[0].whole or ()] == [concluded]


def test_a_row_of_a_table_and_an_aim_say_yes_or_no_to_nothing(tmp_path: Path):
    aim = "This trial evaluated the safety of the cream in adults with itching."
    row = "The outcomes stand here.   Sleep disturbed, n        12 (30.0)        14 (35.0)        0.61"
    found = "The cream was safe and no adverse events were seen."
    with opened(tmp_path, f"# A trial\n\n{aim}\n\n{row}\n\n{found}") as club:
        assert coverage_of(club, "was the cream safe?", "asked").parts[0].best[0].unit.excerpt.text == found
        assert coverage_of(club, "did they sleep badly?", "asked").reason == "not_reported"


def test_an_earlier_question_in_brackets_is_no_missing_phrase(club: JournalClub):
    assert coverage_of(club, "Why? (What was the median age of the patients?)").looked_for == ()


def test_nothing_unrelated_is_shown_behind_a_refusal(club: JournalClub):
    assert coverage_of(club, "What was the complete response rate?").nearest == ()
