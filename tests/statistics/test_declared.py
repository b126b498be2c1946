"""The arms that a page declares in fields of its own, and the general names of the one that is tested."""

import pytest

from journal_club.statistics.arms import CONTROL, Arms
from journal_club.statistics.binding import bound_statistics
from journal_club.statistics.declared import declared_arms

FIELDS = [
    "Intervention Accelerated iTBS over the left cortex, guided by individual MRI.",
    "Comparator One dose of a meningococcal vaccine on the same schedule.",
    "Scores fell by 19 points with active iTBS and 14 points with the meningococcal vaccine.",
    "Pain was reported by 41 children receiving iTBS and 17 in the meningococcal group.",
]


def arms_of(*texts):
    return Arms.of(texts, named=declared_arms(texts))


def test_declared_names_that_the_text_uses_for_groups_are_arms():
    assert dict(declared_arms(FIELDS)) == {"itbs": "itbs", "meningococcal": CONTROL}


def test_what_both_fields_name_is_no_arm():
    fields = [
        "Intervention Drug-A plus metformin",
        "Comparator Placebo plus metformin",
        "with metformin, with metformin, with Drug-A, with Drug-A",
    ]
    assert dict(declared_arms(fields)) == {"drug-a": "drug-a"}


@pytest.mark.parametrize("said", ["the active group", "active iTBS", "the intervention group", "real stimulation", "the treatment arm"])
def test_general_names_are_of_the_only_tested_arm(said):
    found = bound_statistics(f"Response was seen in 52 patients in {said} and 31 in the sham group.", arms_of(*FIELDS))
    assert [one.arm for one in found] == ["itbs", CONTROL]


def test_with_several_tested_arms_general_names_are_of_none_of_them():
    arms = Arms.of(["the alpha group, the beta group and the placebo group"])
    assert [one.name for one in arms.mentions("the active group")] == ["intervention"]
