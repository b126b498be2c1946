"""What a text may do to a terminal: nothing."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.cli.terminal import neutral, print_json, print_source


def test_an_escape_sequence_is_written_out() -> None:
    assert neutral("OS\x1b[2J improved") == "OS<1B>[2J improved"


def test_marks_that_reverse_the_reading_order_are_written_out() -> None:
    assert neutral("0.55\u202e93.0") == "0.55<202E>93.0"


def test_lines_tabs_and_dashes_stay() -> None:
    assert neutral("0.39–0.79\r\n\tHR·0.55") == "0.39–0.79\n\tHR·0.55"


@given(st.text())
@settings(max_examples=50, derandomize=True)
def test_nothing_neutral_holds_a_control_character(text: str) -> None:
    assert not any((ord(character) < 32 and character not in "\t\n") or 127 <= ord(character) < 160 for character in neutral(text))


@pytest.mark.parametrize("text", ["a\x1b[31mb", "c\x9b2Jd", "e\u202ef", "g\U000e0041h", "0.39–0.79"])
def test_json_holds_the_exact_text_and_no_raw_control_character(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"text": text})
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"text": text}
    assert neutral(printed) == printed


def test_a_source_goes_into_a_pipe_exactly_as_it_was_sent(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    print_source("\ufeffLine\r\n\x1b[0m")
    assert capfdbinary.readouterr().out == "\ufeffLine\r\n\x1b[0m".encode()
