"""Rows of related trials are told apart, whatever they lack."""

import pytest

from journal_club.paper.model import RelatedTrial
from journal_club.paper.reading import read_paper


def trials(rows: str) -> tuple[RelatedTrial, ...]:
    return read_paper(f"Bottom Line\n\nIt works.\n\nNoteworthy Related Trials\n\n{rows}\n").related_trials


def test_the_seeds_rows(seed_text: str):
    rows = read_paper(seed_text).related_trials
    assert [(row.year, row.name.text, row.n, row.journal) for row in rows] == [
        (2016, "CASTOR Trial", 498, "NEJM"),
        (2016, "POLLUX Trial", 569, "NEJM"),
        (2023, "KarMMa-3 Trial", 386, "NEJM"),
    ]
    assert rows[2].population is not None
    assert rows[2].population.text == "Relapsed and refractory multiple myeloma (2 to 4 prior lines)"
    assert all(row.key_result and row.key_result.text.endswith(".") for row in rows)


@pytest.mark.parametrize(
    "head",
    [
        "2016\n\nX Trial\n\nn = 1,498 · NEJM",
        "X Trial\n\n2016\n\nn = 1498 · NEJM",
        "X Trial (2016)\nn=1,498 | NEJM",
        "### X Trial\n\n2016 · n = 1,498 · NEJM",
    ],
)
def test_year_name_size_and_journal_may_stand_in_any_order(head: str):
    (row,) = trials(f"{head}\n\nTested\n\nDrug x\n\nKey result: It fell.")
    assert (row.year, row.n, row.journal) == (2016, 1498, "NEJM")
    assert row.name.text.startswith("X Trial")
    assert row.tested is not None
    assert row.tested.text == "Drug x"


def test_rows_without_years_begin_at_their_names():
    rows = trials("A Trial\nn = 5\n\nTested\n\nx\n\nKey result: It fell.\nB Trial\nn = 6\n\nTested: y\n\nKey result\n\nIt rose.")
    assert [(row.name.text, row.n, row.year) for row in rows] == [("A Trial", 5, None), ("B Trial", 6, None)]
    assert [row.key_result and row.key_result.text for row in rows] == ["It fell.", "It rose."]


def test_fields_may_be_missing_and_in_another_order():
    (row,) = trials("2020\n\nA Trial\n\nKey result: It fell.\n\nEndpoint\n\nDeath\n\nPopulation: Adults")
    assert (row.n, row.journal, row.tested, row.comparator) == (None, None, None, None)
    assert row.endpoint is not None
    assert row.endpoint.text == "Death"
    assert row.excerpt.text.startswith("2020")
    assert row.excerpt.text.endswith("Adults")


def test_a_section_of_the_pages_own_after_the_rows_is_no_part_of_them():
    paper = read_paper(
        "Bottom Line\n\nx.\n\nRelated Trials\n\n2016\n\nX Trial\n\nKey result: It fell.\n\n"
        "Funding\n\nThe trial was funded by its sponsor.\n"
    )
    assert paper.related_trials[0].excerpt.text.endswith("It fell.")
    assert paper.parts[-2].section == "Funding"
