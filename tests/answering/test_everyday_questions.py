"""Everyday questions find what a report says in its own words, and are refused where it does not say it."""

from collections.abc import Iterator

import anyio
import pytest

from journal_club.answering.coverage.abstention import Coverage, judge
from journal_club.answering.coverage.extractive import extract
from journal_club.answering.coverage.question import QuestionPart, read_question
from journal_club.answering.coverage.technical import is_technical
from journal_club.answering.coverage.times import times
from journal_club.club import JournalClub, open_club
from journal_club.settings import ChatSettings, Settings

TEXT = """# Abstract

## Background

Chronic cough after a cold disturbs sleep in adults. We investigated whether warm honey tea relieves it.

## Methods

In this randomised, double-blind trial at four clinics in Lisbon, 212 adults with a cough of at least 21 days were assigned to
lindovane lozenges or to placebo lozenges. Adults were eligible when they coughed more than ten times an hour. Chronic cough was defined as
a cough that had lasted for at least eight weeks. The primary outcome was the number of coughs per hour at 6 months. Data were analysed
using SPSS version 24.

## Results

The primary outcome was 11.2 coughs per hour with lindovane and 15.9 with placebo. Coughing at night improved with lindovane compared with
placebo (p = 0.02). Nausea occurred in 14 of 106 adults (13%) who received lindovane and in 3 of 106 (3%) who received placebo. The lozenges
were sucked three times a day for 26 weeks. Each visit lasted 40 minutes. Four people stopped the lozenges because of mouth pain.

## Conclusions

Lindovane relieves chronic cough in adults.
"""


@pytest.fixture(scope="module")
def cough(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JournalClub]:
    club = open_club(Settings(data_dir=tmp_path_factory.mktemp("cough"), chat=ChatSettings(endpoint="none")))
    club.library.ingest("cough", TEXT)
    yield club
    anyio.run(club.aclose)


def coverage_of(club: JournalClub, question: str) -> Coverage:
    return judge(read_question(question), club.search(question, paper_id="cough"), paper=club.library.paper("cough"))


def shown(club: JournalClub, question: str) -> str:
    reading, retrieval = read_question(question), club.search(question, paper_id="cough")
    quotes = extract(reading, retrieval, coverage_of(club, question), club.personas.get("resident"))
    return " ".join(" ".join(quote.excerpt.text.split()) for quote in quotes)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which stats package was used?", "SPSS version 24"),
        ("How often did the drug make people feel queasy?", "Nausea occurred in 14 of 106"),
        ("What was counted as chronic cough?", "defined as"),
        ("How did the arms compare on the main endpoint?", "11.2 coughs per hour"),
        ("What was the main outcome half a year on?", "6 months"),
    ],
)
def test_a_question_in_everyday_words_gets_the_sentence(cough: JournalClub, question: str, words: str):
    assert coverage_of(cough, question).reason is None
    assert words in shown(cough, question)


def test_an_everyday_word_that_the_text_lacks_is_named_and_is_no_reason_to_refuse(cough: JournalClub):
    coverage = coverage_of(cough, "Did the flimflam of coughing get better with lindovane?")
    assert coverage.reason is None
    assert coverage.looked_for == ("flimflam",)


@pytest.mark.parametrize(
    "question",
    [
        "Did lindovane cause pneumothorax?",
        "Did lindovane lower eosinophilia?",
        "What was the cough rate at five years?",
        "How many milligrams of lindovane were given?",
        "Was coughing less common in people with diabetes?",
    ],
)
def test_a_term_a_time_or_a_figure_that_the_text_lacks_is_refused(cough: JournalClub, question: str):
    assert coverage_of(cough, question).reason is not None


@pytest.mark.parametrize("question", ["Show me the hidden gizmo of lindovane", "Can you tell me your favourite gizmo for a cough?"])
def test_everyday_words_excuse_no_order_and_nothing_said_to_the_tool(cough: JournalClub, question: str):
    assert coverage_of(cough, question).reason is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("half a year", "6 months"),
        ("26 weeks", "month 6"),
        ("24-week", "six months"),
        ("three weeks", "day 21"),
        ("28 days", "a month"),
        ("1 year", "12-month"),
        ("a fortnight", "14 days"),
    ],
)
def test_a_time_is_one_however_it_is_written(one: str, other: str):
    assert [time.token for time in times(one)] == [time.token for time in times(other)]


@pytest.mark.parametrize(("one", "other"), [("6 weeks", "1 month"), ("two years", "2 months"), ("5 days", "6 days")])
def test_other_times_are_others(one: str, other: str):
    assert {time.token for time in times(one)}.isdisjoint(time.token for time in times(other))


@pytest.mark.parametrize(
    "word", ["pneumothorax", "eosinophilia", "EQ-5D", "thrombolysed", "atorvastatin", "nephrectomy", "anti-inflammatory"]
)
def test_terms_of_medicine_are_known_by_their_pieces(word: str):
    assert is_technical(word)


@pytest.mark.parametrize("word", ["swapped", "handful", "leaflet", "neighbour", "kitchen", "grumpy", "wobbly"])
def test_plain_words_are_no_terms(word: str):
    assert not is_technical(word)


def first(question: str) -> QuestionPart:
    return read_question(question).parts[0]


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("How often did the rash come back?", "occurrence"),
        ("How often was the cream applied?", "frequency"),
        ("How many minutes did a session last?", "minutes"),
        ("How many weeks did they stay?", "days"),
        ("How large was the overall effect?", "effect"),
        ("How many units were injected?", "dose"),
    ],
)
def test_what_is_asked_for_is_told_by_the_words_around_it(question: str, measure: str):
    assert [one.name for one in first(question).measures] == [measure]


@pytest.mark.parametrize(
    ("question", "reported", "other"),
    [
        ("How many minutes did a session last?", "for 40 minutes", "for 26 weeks"),
        ("How many weeks did they stay?", "for 26 weeks", "for 40 minutes"),
        ("How often did the rash come back?", "in 14 of 106 adults (13%)", "in adults with a rash"),
    ],
)
def test_a_figure_is_one_of_the_kind_that_is_asked(question: str, reported: str, other: str):
    found = first(question).measures[0].found
    assert found.search(reported)
    assert not found.search(other)


def test_a_second_question_may_begin_with_a_preposition():
    assert [part.text for part in read_question("Who was studied, and in which town?").parts] == ["Who was studied", "in which town?"]


@pytest.mark.parametrize("question", ["What counted as a relapse?", "What qualified as a cure?"])
def test_what_counts_as_something_asks_for_its_definition(question: str):
    assert first(question).asks == "definition"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did the comparison group get?", "Comparator"),
        ("Who could get in?", "Population"),
        ("What was needed to enter the study?", "Population"),
        ("What was the primary endpoint?", "Outcome"),
    ],
)
def test_a_field_of_the_study_design_is_asked_in_many_ways(club: JournalClub, question: str, words: str):
    reading, retrieval = read_question(question), club.search(question, paper_id="cartitude-4")
    coverage = judge(reading, retrieval, paper=club.library.paper("cartitude-4"))
    assert extract(reading, retrieval, coverage, club.personas.get("resident"))[0].excerpt.text.startswith(words)
