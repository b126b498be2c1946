"""What an answer looks like on a terminal."""

import pytest

from journal_club.answering.answer import Abstention, Answer, Citation, Statement, StatementEvent, Withheld
from journal_club.cli.display import AnswerView
from journal_club.paper.model import Origin

SENTENCE = "OS was improved (HR 0.55)."
STATEMENT = Statement(
    text=f"{SENTENCE} [1]", start_index=0, end_index=len(SENTENCE) + 4, basis="trial", citations=(1,), verdict="supported", checks=()
)


def citation(text: str) -> Citation:
    return Citation(
        number=1,
        passage_id="p",
        section="key_findings",
        origin=Origin.TRIAL,
        cited_text=text,
        start_char_index=5,
        end_char_index=5 + len(text),
    )


def answer(**parts: object) -> Answer:
    rest: dict[str, object] = {
        "retrieved": (),
        "withheld": (),
        "conflicts": (),
        "abstention": None,
        "usage": {},
        "timings_ms": {},
        "trace": {},
    }
    head = {"id": "1", "paper_id": "p", "question": "q", "persona": "fellow", "mode": "generated", "text": "", "notice": "No advice."}
    return Answer.model_validate(head | rest | {"statements": (STATEMENT,), "citations": (citation(SENTENCE),)} | parts)


def shown(whole: Answer, capsys: pytest.CaptureFixture[str], *, streamed: int = 1, show_withheld: bool = False) -> str:
    view = AnswerView(show_withheld=show_withheld, before=lambda: None)
    for statement in whole.statements[:streamed]:
        view.statement(StatementEvent(statement=statement, citations=()))
    view.rest(whole)
    return capsys.readouterr().out


def test_a_quoted_source_is_placed_and_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(answer(), capsys)
    assert out.startswith(f"{SENTENCE} [1]\n\n[1] key findings (trial), characters 5-31, word for word\n")
    assert out.count(SENTENCE) == 1


def test_a_source_in_other_words_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(answer(citations=(citation("Overall survival: 0.55"),)), capsys)
    assert "characters 5-27\n    Overall survival: 0.55\n" in out


def test_the_quotes_of_a_refusal_follow_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    refusal = Abstention(reason="not_reported", partial=False, message="No dose.", looked_for=("dose",), nearest=(1,))
    out = shown(answer(mode="abstained", abstention=refusal), capsys, streamed=0)
    assert out.startswith(f"Not reported: No dose.\n{SENTENCE} [1]\n")


def test_a_withheld_sentence_is_counted_and_shown_only_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    whole = answer(withheld=(Withheld(text="OS HR 0.45.", reason="it says 0.55"),))
    assert "1 drafted sentence was withheld" in (brief := shown(whole, capsys))
    assert "0.45" not in brief
    assert "it says 0.55" in shown(whole, capsys, show_withheld=True)


def test_marks_and_brackets_are_text_and_never_markup(capsys: pytest.CaptureFixture[str]) -> None:
    assert "[bold]x[/bold] [placebo]" in shown(answer(notice="[bold]x[/bold] [placebo]"), capsys)


def test_an_escape_sequence_of_a_paper_does_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in shown(answer(citations=(citation("a\x1b[2Jb"),)), capsys)
