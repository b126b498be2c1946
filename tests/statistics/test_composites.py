"""Events joined by "or" are an outcome of their own: what is true of either together is true of neither alone."""

import pytest

from journal_club.answering.verification.verifier import verifier_of
from journal_club.statistics.endpoints import endpoints


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("cardiovascular death or a first hospitalization for heart failure", ["composite of death, hospitalization"]),
        ("hospitalization for heart failure or death from any cause", ["composite of death, hospitalization"]),
        ("death from cardiovascular causes, myocardial infarction, or stroke", ["composite of death, infarction, stroke"]),
        ("a first hospitalization for heart failure", ["hospitalization"]),
        ("stroke and myocardial infarction", ["stroke", "myocardial infarction"]),
        ("progression or death", ["progression-free survival"]),
    ],
)
def test_a_list_of_events_is_one_outcome(text, names):
    assert [one.name for one in endpoints(text)] == names


def test_a_part_does_not_contradict_the_whole():
    text = (
        "Cardiovascular death or a first hospitalization for heart failure was rarer (HR 0.79; 95% CI 0.69-0.91). "
        "A first hospitalization for heart failure was rarer (HR 0.72; 95% CI 0.61-0.85)."
    )
    assert verifier_of([text]).verify_text("The hazard ratio for hospitalization for heart failure was 0.72.").passed
    assert not verifier_of([text]).verify_text("The hazard ratio for hospitalization for heart failure was 0.79.").passed
