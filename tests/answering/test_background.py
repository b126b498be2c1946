"""Background holds no number, no citation and nothing of the trial."""

import pytest

from journal_club.answering.background import refuse_background


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("BCMA is found on 90% of plasma cells.", "number"),
        ("It doubles twice.", "number"),
        ("BCMA is a surface protein [1].", "mark"),
        ("The trial used an antibody.", "this trial"),
        ("It was superior.", "this trial"),
        ("POLLUX used an antibody.", "this trial"),
    ],
)
def test_what_background_may_not_hold(sentence: str, says: str):
    assert says in refuse_background(sentence, trial_names=["POLLUX"])


def test_general_knowledge_passes():
    assert refuse_background("Plasma cells make antibodies.", trial_names=["POLLUX"]) == ""
