"""Prompts are checked before any model is called, and rendered to the letter."""

from pathlib import Path

import pytest

from journal_club.answering.front_matter import PromptFileError
from journal_club.answering.prompts import Prompt, load_prompt, plain
from tests.conftest import ROOT

PROMPT = ROOT / "prompts" / "answer.v1.md"
VALUES = {
    "source": "a digest page",
    "fence": "<<f>>",
    "passages": [{"number": 1, "label": "Key Findings", "text": "OS improved {{ fence }}."}],
    "persona": "You write for a fellow.",
    "max_sentences": 3,
    "must_address": ("the result", "the limits"),
    "history": [{"question": "And before?"}],
    "question": "Did OS improve?",
    "background": False,
}


@pytest.fixture(scope="module")
def prompt() -> Prompt:
    return load_prompt(PROMPT)


def test_the_evidence_is_in_the_prefix_and_the_question_in_the_tail(prompt: Prompt):
    rendered = prompt.render(VALUES)
    assert "[1] Key Findings: OS improved {{ fence }}." in rendered.system
    assert "Did OS improve?" not in rendered.system
    assert "Question: Did OS improve?" in rendered.user


def test_another_question_and_reader_leave_the_prefix_as_it_is(prompt: Prompt):
    other = prompt.render({**VALUES, "question": "Why?", "persona": "You write for a student.", "background": True})
    assert other.system == prompt.render(VALUES).system


def test_the_not_reported_phrase_of_the_head_stands_in_the_rules(prompt: Prompt):
    assert prompt.words["not_reported"] in prompt.render(VALUES).system


def test_background_is_spoken_of_only_when_it_is_asked_for(prompt: Prompt):
    assert prompt.words["background"] not in prompt.render(VALUES).user
    assert prompt.words["background"] in prompt.render({**VALUES, "background": True}).user


@pytest.mark.parametrize("values", [{}, {**VALUES, "extra": 1}])
def test_missing_and_extra_values_are_refused(prompt: Prompt, values: dict[str, object]):
    with pytest.raises(PromptFileError, match="takes"):
        prompt.render(values)


@pytest.mark.parametrize(
    ("head", "body", "says"),
    [
        ("inputs: [a]", "{% block system %}{{ b }}{% endblock %}{% block user %}{% endblock %}", "declares"),
        ("inputs: []", "{% block system %}{% endblock %}", "needs the blocks"),
        ("inputs: []", "{% block system %}", "block"),
    ],
)
def test_a_prompt_file_that_does_not_hold_together_is_refused(tmp_path: Path, head: str, body: str, says: str):
    path = tmp_path / "odd.v1.md"
    path.write_text(f"---\nid: odd\nversion: 1\n{head}\n---\n{body}")
    with pytest.raises(PromptFileError, match=says):
        load_prompt(path)


def test_the_prompts_copy_of_a_text_has_no_hidden_characters():
    assert plain("a\u202eb\u200bc\x1b[0m\n\n d\U000e0041") == "abc[0m d"
