"""A slip in the name of a figure does not hide what is asked, and other words stay as they are."""

import pytest

from journal_club.answering.spelling import mended


@pytest.mark.parametrize(("written", "right"), [("hazzard ratio", "hazard ratio"), ("surival", "survival"), ("medain", "median")])
def test_one_slip_is_mended(written: str, right: str):
    assert mended(written) == right


@pytest.mark.parametrize("text", ["medial meniscus", "ration", "hazards", "Hazard ratios of overall survival", "cilta-cel"])
def test_a_word_that_is_right_stays(text: str):
    assert mended(text) == text
