"""The timeline: the paper among its related trials, by the years that the page prints."""

import pytest

from journal_club.paper.reading import read_paper
from journal_club.service.room.timeline import timeline_of
from tests.service.room.texts import TEXTS, paper


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cartitude-4", [("CASTOR Trial", 2016), ("POLLUX Trial", 2016), ("KarMMa-3 Trial", 2023), ("CARTITUDE-4", 2026)]),
        ("second-page", [("ARISTOTLE Trial", 2011), ("ELDERCARE-AF Trial", 2020), ("HARBOR-AF", 2025)]),
        ("markdown-page", [("NEAR-HOME", 2025)]),
    ],
)
def test_trials_stand_by_year_and_the_paper_among_them(name: str, expected: list[tuple[str, int]]) -> None:
    found = timeline_of(paper(name))
    assert [(one.name, one.year) for one in found] == expected
    assert [one.name for one in found if one.is_this_paper] == [expected[-1][0]]


def test_a_trial_without_a_year_stands_at_the_end_and_says_so() -> None:
    text = TEXTS["cartitude-4"].replace("2016\n\nCASTOR Trial", "CASTOR Trial")
    found = timeline_of(read_paper(text))
    assert [one.name for one in found] == ["POLLUX Trial", "KarMMa-3 Trial", "CARTITUDE-4", "CASTOR Trial"]
    assert [bool(one.note) for one in found] == [False, False, False, True]


def test_a_title_without_a_trials_name_stands_whole() -> None:
    (found,) = timeline_of(paper("full-text"))
    assert found.name.startswith("Nightly Melatonin for Postoperative Delirium")
    assert (found.year, found.is_this_paper) == (2024, True)


@pytest.mark.parametrize("name", TEXTS)
def test_every_place_holds_its_name(name: str) -> None:
    read = paper(name)
    for one in timeline_of(read):
        place = one.place
        assert one.name in read.source_text[place.start_char_index : place.end_char_index] == place.text


def test_a_text_without_title_and_trials_has_no_timeline() -> None:
    assert timeline_of(read_paper("It was done with care and told with joy, and that is all that there is to say.")) == ()
