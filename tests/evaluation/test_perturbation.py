"""Every kind changes what it says, and nothing but the seed decides what is drawn."""

import re
from pathlib import Path
from random import Random

import pytest

from journal_club.evaluation.perturbation.digits import digits, is_p, values
from journal_club.evaluation.perturbation.instance import draw
from journal_club.evaluation.perturbation.kinds import KINDS
from journal_club.evaluation.perturbation.sample import WIDTH, Sample, samples
from journal_club.evaluation.perturbation.trials import read_trials
from tests.conftest import ROOT

PAPER = ROOT / "tests" / "data" / "full-text.md"
CHANGES = {kind.name: kind.change for kind in KINDS}
DELIRIUM = (
    "In the melatonin group, delirium was significantly lower than in the placebo group "
    "(21.7% vs 29.2%; OR 0.67; 95% CI 0.44-0.93; p<0.01)."
)


def seeded() -> Random:
    return Random(1)  # noqa: S311 - the same choices every time are wanted


def sample(statement: str, more: str = "") -> Sample:
    return Sample(statement=statement, window=f"{statement} {more}", trial="one", number=0, half=0)


def changed(kind: str, statement: str, more: str = "") -> str:
    found = CHANGES[kind](sample(statement, more), seeded())
    assert found is not None
    return found


def only_difference(one: str, other: str) -> tuple[str, str]:
    """What stands between the equal beginning and the equal end of two texts."""
    start = next(place for place in range(len(one)) if one[place] != other[place : place + 1])
    end = next(place for place in range(1, len(one)) if one[-place] != other[-place])
    return one[start : len(one) - end + 1], other[start : len(other) - end + 1]


@pytest.mark.parametrize("kind", ["wrong value, 1 or more", "wrong value, between 0 and 1", "decimal shift"])
def test_a_wrong_value_is_one_number_that_stands_nowhere(kind: str) -> None:
    other = changed(kind, DELIRIUM)
    before, after = ([one.value for one in digits(text)] for text in (DELIRIUM, other))
    pairs = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    assert len(pairs) == 1
    assert pairs[0][1] not in values(DELIRIUM)
    if kind == "decimal shift":
        assert pairs[0][0] / pairs[0][1] in (10, type(pairs[0][0])("0.1"))
    else:
        assert (pairs[0][0] >= 1) == (kind == "wrong value, 1 or more") == (pairs[0][1] >= 1)


def test_swapped_numbers_are_the_same_numbers_in_another_order() -> None:
    other = changed("two numbers swapped", DELIRIUM)
    assert sorted(one.value for one in digits(other)) == sorted(one.value for one in digits(DELIRIUM))
    assert other != DELIRIUM
    assert CHANGES["two numbers swapped"](sample("Pain was measured at weeks 4, 8 and 12 in all patients."), seeded()) is None


@pytest.mark.parametrize(
    ("kind", "more", "expected"),
    [
        ("CI bounds swapped", "", DELIRIUM.replace("0.44-0.93", "0.93-0.44")),
        ("CI bounds of another row", "Pain was less (OR 0.8; 95% CI 0.71 to 0.88).", DELIRIUM.replace("0.44-0.93", "0.71-0.88")),
        ("p operator flipped", "", DELIRIUM.replace("p<", "p>")),
        ("direction flipped", "", DELIRIUM.replace("lower", "higher")),
        ("significance flipped", "", DELIRIUM.replace("was significantly", "was not significantly")),
        ("negation inserted", "", DELIRIUM.replace("was", "was not")),
    ],
)
def test_a_harmful_kind_changes_that_alone(kind: str, more: str, expected: str) -> None:
    assert changed(kind, DELIRIUM, more) == expected


def test_arms_change_places_and_are_left_where_they_are_treated_alike() -> None:
    assert changed("arms swapped", DELIRIUM) == DELIRIUM.replace("melatonin", "@").replace("placebo", "melatonin").replace("@", "placebo")
    alike = "Pain did not differ between the melatonin group and the placebo group (2.1 vs 2.2)."
    assert CHANGES["arms swapped"](sample(alike), seeded()) is None


def test_a_reduction_does_not_follow_from_its_ratio() -> None:
    found = re.search(r"a (\d+)% reduction in the odds\.\Z", changed("% reduction that does not follow", DELIRIUM))
    assert found is not None
    assert abs(int(found[1]) - 33) >= 8


@pytest.mark.parametrize(
    ("kind", "statement", "expected"),
    [
        ("unit changed", "Patients were followed for 12 months after surgery.", "Patients were followed for 12 weeks after surgery."),
        ("design word exchanged", "This was a double-blind trial in adults.", "This was a open-label trial in adults."),
        (
            "reordered",
            "At one year of follow-up, pain was lower with the new drug.",
            "Pain was lower with the new drug at one year of follow-up.",
        ),
        (
            "other voice",
            "The drug significantly reduced the risk of delirium.",
            "The risk of delirium was significantly reduced by the drug.",
        ),
        ("part of the sentence", "Pain was lower with the new drug (mean, 2 points).", "Pain was lower with the new drug."),
        ("converted", "Delirium occurred in 49 of 226 patients on melatonin.", "Delirium occurred in 21.7% of patients on melatonin."),
    ],
)
def test_a_kind_gives_the_sentence_that_it_says(kind: str, statement: str, expected: str) -> None:
    assert changed(kind, statement) == expected


def test_an_outcome_becomes_one_of_its_field() -> None:
    before, after = only_difference("Pain was lower with the new drug.", changed("endpoint exchanged", "Pain was lower with the new drug."))
    assert before.startswith("P")
    assert after.casefold() not in "pain"


def test_reformatting_keeps_every_value() -> None:
    other = changed("reformatted", DELIRIUM)
    assert other != DELIRIUM
    assert values(other) == values(DELIRIUM)


def test_rounding_touches_neither_bounds_nor_p() -> None:
    other = changed("rounded", DELIRIUM)
    assert [one.value for one in digits(other) if one.value < 1] == [one.value for one in digits(DELIRIUM) if one.value < 1]
    assert "22%" in other or "29%" in other


def test_one_stop_word_is_dropped() -> None:
    other = changed("stop word dropped", DELIRIUM)
    assert sorted([*other.split(), "the"]) == sorted(DELIRIUM.split())


def test_a_passage_is_whole_sentences_about_the_statement() -> None:
    (trial,) = read_trials(PAPER)
    found = list(samples(trial))
    assert found
    assert all(one.statement in one.window and one.window in trial.text and len(one.window) <= WIDTH for one in found)


def test_the_same_seed_draws_the_same() -> None:
    trials = read_trials(PAPER)
    one, two = ([(instance.kind.name, instance.statement) for instance in draw(trials, most=20)] for _ in range(2))
    other = [(instance.kind.name, instance.statement) for instance in draw(trials, most=20, seed=2)]
    assert one == two != other


def test_no_harmful_statement_stands_in_its_passage() -> None:
    instances = list(draw(read_trials(PAPER), most=50))
    assert {instance.kind.harmful for instance in instances} == {True, False}
    assert all(instance.statement not in instance.sample.window for instance in instances if instance.kind.harmful)


def test_a_folder_holds_texts_in_both_forms(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("One.", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"pmcid": "c", "text": "Two."}\n{"other": 1}\n', encoding="utf-8")
    assert [(trial.name, trial.number, trial.text) for trial in read_trials(tmp_path)] == [("b", 0, "One."), ("c", 1, "Two.")]


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.jsonl"):
        read_trials(tmp_path)


def test_digits_leave_names_and_citations_alone() -> None:
    text = "IL-6 fell by 1,234.5 units (p = .03; Table 2) [12] at 3·5 months with SPN-804."
    assert [str(one.value) for one in digits(text)] == ["1234.5", "0.03", "3.5"]
    assert [is_p(text, one) for one in digits(text)] == [False, True, False]
