"""Regimens: one drug's doses and intervals are arms of their own, where a text holds two of them against each other."""

from journal_club.statistics.arms import Arms, outside
from journal_club.statistics.binding import bound_statistics
from journal_club.statistics.regimens import regimens

THREE_ARMS = (
    "The rate was 0.62 with nevrolimab every 4 weeks, 0.81 with nevrolimab every 8 weeks, and 1.35 with placebo.",
    "The rate ratio versus placebo was 0.46 (95% CI 0.37–0.57) for the every-4-week regimen and 0.60 (95% CI 0.49–0.73) for the other.",
    "The median time was not reached with nevrolimab every 4 weeks, 47.9 weeks with nevrolimab every 8 weeks, and 31.4 weeks with placebo.",
)


def arms_of(*texts: str) -> Arms:
    return Arms.of(texts, named=regimens(texts))


def owners(text: str, *texts: str) -> dict[str, str]:
    arms = arms_of(*texts)
    return {one.text: one.arm for one in outside(bound_statistics(text, arms), arms.mentions(text)) if one.arm}


def test_each_interval_is_an_arm_with_and_without_its_drug() -> None:
    named = dict(regimens(THREE_ARMS))
    for name in ("every 4 weeks", "every-4-week", "nevrolimab every 4 weeks", "every four weeks"):
        assert named[name] == "every 4 weeks"


def test_numbers_belong_to_the_regimen_they_stand_with() -> None:
    assert owners(THREE_ARMS[0], *THREE_ARMS) == {"0.62": "every 4 weeks", "0.81": "every 8 weeks", "1.35": "control"}
    found = owners(THREE_ARMS[2], *THREE_ARMS)
    assert (found["47.9"], found["31.4"]) == ("every 8 weeks", "control")


def test_a_ratio_is_named_once_for_two_regimens() -> None:
    read = {one.text: str(one.measure) for one in bound_statistics(THREE_ARMS[1], arms_of(*THREE_ARMS))}
    assert (read["0.46"], read["0.60"]) == ("rate ratio", "rate ratio")


def test_two_doses_of_one_drug_are_arms() -> None:
    texts = ("Pain fell with esmetazine 10 mg and esmetazine 20 mg.", "Nausea: esmetazine 10 mg 3%, esmetazine 20 mg 9%.")
    assert dict(regimens(texts)) == {"esmetazine 10 mg": "esmetazine 10 mg", "esmetazine 20 mg": "esmetazine 20 mg"}


def test_a_single_regimen_is_no_arm() -> None:
    assert regimens(("Drug X was given every 4 weeks.", "The board met every 6 months.")) == ()
    assert regimens(("Velacoxan 40 mg once daily.", "Apixaban 5 mg twice daily.")) == ()
