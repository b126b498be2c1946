"""Which arm and which outcome a number belongs to, the places given as marks: {a:arm}, {o:outcome}, {n:number}."""

import re

import pytest

from journal_club.statistics.layout import Span
from journal_club.statistics.ownership import owners

MARK = re.compile(r"\{(?P<kind>[aon]):(?P<words>[^{}]*)\}")


def owned(marked):
    """[(number, arm, outcomes)] by their words."""
    text, last = "", 0
    spans: dict[str, list[Span]] = {"a": [], "o": [], "n": []}
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        spans[mark["kind"]].append(Span(len(text), len(text) + len(mark["words"])))
        text += mark["words"]
        last = mark.end()
    text += marked[last:]
    found = owners(text, spans["a"], spans["o"], spans["n"])
    return [
        (
            text[number.start : number.end],
            text[one.arm.start : one.arm.end] if one.arm else "",
            [text[outcome.start : outcome.end] for outcome in one.outcomes],
        )
        for number, one in zip(spans["n"], found, strict=True)
    ]


def arms(marked):
    return [(number, arm) for number, arm, _ in owned(marked)]


def outcomes(marked):
    return [(number, *found) for number, _, found in owned(marked)]


XY = [("11%", "X"), ("14%", "Y")]


@pytest.mark.parametrize(
    "marked",
    [
        "Death occurred in {n:11%} of patients with {a:X} and {n:14%} with {a:Y}.",
        "Death was less common with {a:X} ({n:11%}) than with {a:Y} ({n:14%}).",
        "In {a:X}, {n:11%} died, and in {a:Y}, {n:14%}.",
        "Death occurred in {n:11%} and {n:14%} of patients in the {a:X} and {a:Y} groups, respectively.",
        "{a:X} and {a:Y} did not differ in deaths ({n:11%} vs {n:14%}).",
        "Deaths were fewer with {a:X} ({n:11%} versus {n:14%}) compared with {a:Y}.",
        "{a:X} had a rate of {n:11%} versus {n:14%} for {a:Y}.",
        "The rate in {a:X} was {n:11%} and {n:14%} in {a:Y}.",
        "Deaths: {a:X} = {n:11%}, {a:Y} = {n:14%}.",
        "Deaths: {n:11%} ({a:X}), {n:14%} ({a:Y}).",
    ],
)
def test_two_numbers_go_to_their_two_arms(marked):
    assert arms(marked) == XY


def test_the_second_number_of_a_contrast_is_not_the_only_named_arms():
    assert arms("With {a:X}, pain fell ({n:3.1} vs {n:4.2}).") == [("3.1", "X"), ("4.2", "")]


def test_a_baseline_belongs_to_no_arm():
    assert arms("It was {n:2.6} at baseline, {n:1.9} with {a:X} and {n:1.1} with {a:Y}.") == [("2.6", ""), ("1.9", "X"), ("1.1", "Y")]


def test_a_list_shares_the_arm_behind_it():
    found = arms("Anaemia ({n:22%}), fatigue ({n:9%}) and pain ({n:13%}) on {a:X}, and anaemia ({n:29%}) and pain ({n:7%}) on {a:Y}.")
    assert found == [("22%", "X"), ("9%", "X"), ("13%", "X"), ("29%", "Y"), ("7%", "Y")]


def test_a_share_in_brackets_has_the_arm_of_its_count():
    assert arms("There were {n:31} deaths ({n:55%}) with {a:X} and {n:28} ({n:50%}) with {a:Y}.") == [
        ("31", "X"),
        ("55%", "X"),
        ("28", "Y"),
        ("50%", "Y"),
    ]


def test_a_total_belongs_to_no_arm():
    found = arms("A total of {n:130} children were enrolled; {n:63} received {a:X} and {n:67} received {a:Y}.")
    assert found == [("130", ""), ("63", "X"), ("67", "Y")]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{o:Survival} was {n:12%} and {o:response} {n:30%}.", [("12%", "Survival"), ("30%", "response")]),
        ("{o:Survival} and {o:response} were {n:12%} and {n:30%}.", [("12%", "Survival"), ("30%", "response")]),
        ("There were {n:31} {o:deaths} and {n:28} {o:strokes}.", [("31", "deaths"), ("28", "strokes")]),
        ("{o:Deaths} were fewer ({n:3} vs {n:5}); {n:69} {o:crossed over}.", [("3", "Deaths"), ("5", "Deaths"), ("69", "crossed over")]),
        ("At {o:12 months}, {o:survival} was {n:80%}.", [("80%", "survival", "12 months")]),
        ("{o:Ischaemia}: {o:basal} {n:36}, {o:final} {n:18}.", [("36", "basal", "Ischaemia"), ("18", "final", "Ischaemia")]),
    ],
)
def test_a_number_has_its_outcome_and_its_time(marked, expected):
    assert outcomes(marked) == expected


def test_no_arms_and_no_outcomes_own_nothing():
    assert owned("It was {n:3} and {n:4}.") == [("3", "", []), ("4", "", [])]
