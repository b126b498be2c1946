"""Who plays which part: the same words may say the opposite."""

import pytest

from journal_club.answering.verification.verifier import verify_pair

WITH_CONTROL = (
    "Pain was significantly reduced with rotiline, with a mean fall of 3.2 points compared to 1.1 points in the placebo group (p=0.01). "
    "Nausea occurred in 30 patients in the rotiline group versus 49 patients in the placebo group. "
    "A single dose of rotiline following fasting and premedication was given. "
    "Outcomes were adjudicated by an independent committee. "
    "Placebo was given with codeine, ibuprofen, and caffeine (CIC) or paracetamol, ibuprofen, and aspirin (PIA)."
)


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("Pain was significantly reduced with rotiline.", "supported"),
        ("Pain was significantly reduced with placebo.", "contradicted"),
        ("Nausea was less frequent with rotiline.", "supported"),
        ("Nausea was less frequent in the placebo group.", "contradicted"),
        ("Nausea was more frequent in the placebo group.", "supported"),
        ("Rotiline was given following fasting.", "supported"),
        ("Fasting followed the single dose of rotiline.", "contradicted"),
        ("Outcomes were adjudicated by a committee.", "supported"),
        ("Outcomes were adjudicated by investigators.", "contradicted"),
        ("Placebo was given with codeine, ibuprofen, and caffeine.", "supported"),
        ("Placebo was given with codeine, ibuprofen, and aspirin.", "contradicted"),
    ],
)
def test_a_statement_keeps_the_parts_that_its_source_gives(statement: str, verdict: str):
    assert verify_pair(statement, [WITH_CONTROL]).verdict == verdict


def test_a_share_is_no_count():
    evidence = ["Deaths occurred in 6 (3%) patients receiving rotiline and 5 (2%) patients in the placebo group."]
    assert verify_pair("Deaths occurred in 6 (3%) patients receiving rotiline.", evidence).verdict == "supported"
    assert verify_pair("Deaths occurred in 3 (3%) patients receiving rotiline.", evidence).verdict == "contradicted"
