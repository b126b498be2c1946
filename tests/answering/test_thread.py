"""Earlier turns make a follow-up standalone."""

import pytest

from journal_club.answering.thread import Turn, standalone

OS = Turn(question="What was the hazard ratio for overall survival?", text="0.55")


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("and for PFS?", "What was the hazard ratio for PFS?"),
        ("What about progression-free survival?", "What was the hazard ratio for progression-free survival?"),
        ("Was it significant?", "Was it significant? (What was the hazard ratio for overall survival?)"),
        ("How many patients were enrolled?", "How many patients were enrolled?"),
    ],
)
def test_a_follow_up_is_asked_as_if_alone(question: str, whole: str):
    assert standalone(question, [OS]) == whole


def test_a_thread_of_follow_ups_keeps_its_subject():
    turns = [OS, Turn(question="and for PFS?")]
    assert standalone("and for symptom worsening?", turns) == "What was the hazard ratio for symptom worsening?"


def test_without_history_a_question_is_itself():
    assert standalone("and for PFS?", []) == "and for PFS?"


def test_a_topic_without_a_preposition_before_it_is_put_behind():
    assert standalone("and for PFS?", [Turn(question="Who won?")]) == "Who won: PFS?"
