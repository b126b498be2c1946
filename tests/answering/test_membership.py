"""Who is in and who is out, whether all are meant, and what a name stands for."""

import pytest

from journal_club.answering.verification.membership import only_one, other_meaning, turned_membership
from journal_club.answering.verification.verifier import verify_pair
from journal_club.paper.names import Names

OUT = "Patients on dialysis were excluded, so the findings may not extend to end-stage kidney disease."
TRIPLETS = "Standard triplets were pomalidomide, bortezomib, and dexamethasone (PVd) or daratumumab, pomalidomide, and dexamethasone (DPd)."


@pytest.mark.parametrize(
    ("claim", "source", "turned"),
    [
        ("The trial included patients on dialysis.", OUT, True),
        ("Patients on dialysis were eligible.", OUT, True),
        ("Patients on dialysis were not eligible.", OUT, False),
        ("Patients on dialysis were excluded.", OUT, False),
        ("Adults with atrial fibrillation were enrolled.", OUT, False),
        ("Current smokers could not take part.", "Current smokers were excluded.", False),
    ],
)
def test_included_is_not_excluded(claim: str, source: str, turned: bool) -> None:
    assert (turned_membership(claim, source) is not None) == turned


def test_both_is_more_than_only_one() -> None:
    source = "Both regimens lowered the rate, but only the every-4-week regimen also reduced admissions."
    assert only_one("Both regimens reduced admissions.", source)
    assert only_one("Only the every-4-week regimen reduced admissions.", source) is None
    assert only_one("The every-4-week regimen reduced admissions.", source) is None


def test_an_abbreviation_stands_for_its_own_list() -> None:
    names = Names.of([TRIPLETS])
    assert other_meaning("PVd consists of daratumumab, pomalidomide and dexamethasone.", names)
    assert other_meaning("PVd consists of pomalidomide, bortezomib and dexamethasone.", names) is None
    assert other_meaning("PVd was well tolerated.", names) is None


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        (
            "The toxicity can be managed without specialized expertise.",
            "Its severe toxicity requires specialized expertise to manage.",
        ),
        ("The trial included patients on dialysis.", OUT),
        ("The median follow-up was 24 months.", "The median follow-up was 26.4 months, and strokes were counted at 24 months."),
    ],
)
def test_what_the_source_turns_round_is_contradicted(statement: str, evidence: str) -> None:
    assert verify_pair(statement, [evidence]).verdict == "contradicted"
