"""Dates are read in the forms that journals print."""

import pytest

from journal_club.paper.dates import printed_date
from journal_club.paper.reading import read_paper


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("FEBRUARY 01, 2026", "2026-02-01"), ("Feb 1, 2026", "2026-02-01"),
        ("Sept. 3rd, 2021", "2021-09-03"), ("1 February 2026", "2026-02-01"),
        ("2026-02-01", "2026-02-01"), ("2026 Feb 1", "2026-02-01"), ("February 2026", "2026-02"), ("2026-02", "2026-02"),
        ("13/02/2026", "2026-02-13"), ("02/13/2026", "2026-02-13"), ("02/01/2026", "2026"), ("2026", "2026"),
    ],
)  # fmt: skip
def test_a_printed_date_is_read(printed: str, iso: str):
    found = printed_date(f"The Journal · {printed}")
    assert found is not None
    assert (found.iso, found.start) == (iso, 14)


@pytest.mark.parametrize("date", ["FEBRUARY 01, 2026", "1 February 2026", "2026-02-01"])
@pytest.mark.parametrize(
    "head",
    [
        "The Lancet Oncology {}",
        "The Lancet Oncology · {}",
        "{} | The Lancet Oncology",
        "The Lancet Oncology\n{}",
        "**The Lancet Oncology**\n\n{}",
    ],
)
def test_journal_date_title_and_authors_are_told_apart(head: str, date: str):
    paper = read_paper(
        f"{head.format(date)}\n\nA drug in a disease: a trial in 2016 patients\n\nA. Author, et al.\n\nBottom Line\n\nIt works.\n\n"
        "Key Findings\n\n1. It fell.\n"
    )
    assert (paper.journal, paper.published, paper.authors) == ("The Lancet Oncology", "2026-02-01", "A. Author, et al.")
    assert paper.title is not None
    assert paper.title.text == "A drug in a disease: a trial in 2016 patients"
