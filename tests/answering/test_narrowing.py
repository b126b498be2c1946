"""A figure is answered of just the subgroup, arm and trial that it is asked of; what every report is asked for is found."""

from collections.abc import Iterator

import anyio
import pytest

from journal_club.answering.coverage.abstention import Coverage, judge
from journal_club.answering.coverage.extractive import extract
from journal_club.answering.coverage.question import read_question
from journal_club.club import JournalClub, open_club
from journal_club.settings import ChatSettings, Settings

ARTICLE = """# Tolvexin for chronic sinus pain (BRIGHT-4): a randomised trial

## Background

Sinus pain is common, and the earlier DUSK-2 trial showed that tolvexin lowered pain days by 11%. Whether it works in longer use had not
been tested.

## Methods

We randomly assigned 412 adults with chronic sinus pain to tolvexin 40 mg or placebo. Patients and staff were unaware of the assignment.
People with previous sinus surgery were excluded. Allocation was stratified by hospital, from a computer-generated list. Placebo tablets
were identical in taste. A sample of 400 gave 90% power to detect a difference of 12 percentage points. Patients were analysed as
allocated, relapses with the log-rank test, secondary outcomes in a hierarchical order.
Chronic sinus pain had lasted for 6 years in 61% of the patients.

## Results

By week 26 a relapse had occurred in 31 of 206 patients with tolvexin and in 52 of 206 with placebo (hazard ratio 0.57; 95% CI 0.36 to
0.88; p=0.01).
In women the hazard ratio for relapse was 0.61, whereas smokers had no clear benefit.
The hazard ratio for stroke in drinkers was 0.80; in abstainers, it was 0.63.
Consistent with the DUSK-2 trial, the median length of stay was 6 days with tolvexin and 8 days with placebo.
Pain days fell by 4.1 with tolvexin and 2.9 with placebo. Headache was the commonest adverse event with tolvexin (24 patients, 11.7%).

## Discussion

The authors conclude that tolvexin is a reasonable option for adults with frequent relapses.

## Funding

The study was paid for by the Harbour Foundation. The maker of tolvexin had no role in design or analysis.
"""


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JournalClub]:
    club = open_club(Settings(data_dir=tmp_path_factory.mktemp("data"), chat=ChatSettings(endpoint="none")))
    club.library.ingest("bright-4", ARTICLE)
    yield club
    anyio.run(club.aclose)


def coverage_of(club: JournalClub, question: str) -> Coverage:
    return judge(read_question(question), club.search(question, paper_id="bright-4"), paper=club.library.paper("bright-4"))


def answered(club: JournalClub, question: str) -> str:
    reading, found = read_question(question), club.search(question, paper_id="bright-4")
    coverage = judge(reading, found, paper=club.library.paper("bright-4"))
    assert coverage.reason is None
    return " ".join(quote.excerpt.text for quote in extract(reading, found, coverage, club.personas.get("resident")))


@pytest.mark.parametrize(
    "question",
    [
        "What was the hazard ratio for relapse in smokers?",
        "What was the 95% confidence interval of the hazard ratio for relapse in women?",
        "How many patients with placebo had a headache?",
        "By how much did tolvexin lower pain days in smokers?",
    ],
)
def test_a_wider_figure_is_no_answer(club: JournalClub, question: str):
    assert coverage_of(club, question).reason == "not_reported"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was the hazard ratio for relapse?", "0.57"),
        ("What was the hazard ratio for relapse in women?", "0.61"),
        ("How many patients with tolvexin had a headache?", "24 patients"),
        ("How many patients with placebo had a relapse?", "52 of 206"),
        ("By how much did pain days fall with tolvexin in BRIGHT-4?", "4.1"),
        ("What was the hazard ratio for relapse in adults?", "0.57"),
        ("What was the hazard ratio for stroke in abstainers?", "0.63"),
        ("How long was the median length of stay in BRIGHT-4?", "6 days"),
        ("Who funded BRIGHT-4?", "Harbour Foundation"),
        ("Did patients know whether they were getting the real drug or a dummy?", "unaware of the assignment"),
        ("Who paid for the study?", "Harbour Foundation"),
        ("Why did they bother doing this study?", "in longer use had not"),
        ("What do the authors think doctors should do now?", "reasonable option"),
        ("How many people took part altogether?", "412"),
    ],
)
def test_what_the_text_gives_is_quoted(club: JournalClub, question: str, words: str):
    assert words in answered(club, question)


def test_a_figure_of_another_trial_is_not_the_papers_own(club: JournalClub):
    assert "11%" not in answered(club, "By how much did pain days fall with tolvexin in BRIGHT-4?")


def test_the_sample_is_no_answer_about_a_part_of_it(club: JournalClub):
    assert coverage_of(club, "How many women took part?").reason == "not_reported"


@pytest.mark.parametrize(
    "question",
    [
        "How many patients had a relapse by week 52?",
        "What was the hazard ratio for relapse in patients over 75 years?",
        "What was the p value for stroke?",
    ],
)
def test_a_figure_of_another_time_or_age_or_outcome_is_no_answer(club: JournalClub, question: str):
    assert coverage_of(club, question).reason == "not_reported"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many patients had a relapse by week 26?", "31 of 206"),
        ("What were the exclusion criteria?", "previous sinus surgery"),
        ("ITT or per-protocol?", "were analysed as"),
        ("Did the analysis correct for multiple comparisons?", "hierarchical"),
        ("Which test was used to compare relapses?", "log-rank"),
        ("What were the stratification factors?", "stratified by hospital"),
        ("How was the placebo made to look the same?", "identical"),
        ("Did the manufacturer have any say?", "no role in design"),
        ("What did the power calculation assume?", "90% power"),
        ("What was the rate of CSP?", "Chronic sinus pain had lasted"),
    ],
)
def test_what_every_report_is_asked_for_is_found_by_what_tells_it(club: JournalClub, question: str, words: str):
    assert words in answered(club, question)
