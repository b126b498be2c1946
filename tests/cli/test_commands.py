"""The commands as a person and a program meet them."""

from pathlib import Path

import pytest

from tests.cli.conftest import SCRIPT, Terminal
from tests.conftest import ROOT, SECOND_PAGE

QUESTION = "What was the hazard ratio for overall survival?"
HEAVY = ("chromadb", "llama_index", "openai", "onnxruntime", "fastapi", "bm25s", "xllamacpp")
VARYING = ("id", "timings_ms", "usage")


def test_help_loads_no_heavy_library(terminal: Terminal) -> None:
    probe = f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    script = f"import sys, atexit; atexit.register(lambda: {probe}); from journal_club.cli import main; main()"
    helped = terminal.spawn("--help", script=script)
    assert (helped.code, helped.err.strip()) == (0, "[]")


def test_an_interrupt_exits_with_130_and_says_nothing(terminal: Terminal) -> None:
    stdin = "type('Stdin', (), {'read': lambda self: os.kill(os.getpid(), signal.SIGINT)})()"
    # A test run in the background is started with interrupts ignored, and so would be its children.
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    interrupted = terminal.spawn("ask", "-", script=f"import os, signal, sys; {heard}; sys.stdin = {stdin}; {SCRIPT}")
    assert (interrupted.code, interrupted.out, interrupted.err) == (130, "", "")


def test_an_answer_shows_each_sentence_with_what_it_rests_on(terminal: Terminal, seed_text: str) -> None:
    asked = terminal.spawn("ask", QUESTION)
    assert asked.code == 0, asked.err
    assert "HR 0.55; 95% CI 0.39–0.79" in asked.out.split("\n\n")[0]
    assert "[1] key findings (trial), characters " in asked.out
    assert "no medical advice" in asked.out


def test_a_question_comes_from_stdin_and_its_answer_goes_out_as_one_record(terminal: Terminal, seed_text: str) -> None:
    answer = terminal.run("ask", "-", "--persona", "fellow", "--json", given=QUESTION + "\n").document
    assert (answer["question"], answer["persona"], answer["mode"]) == (QUESTION, "fellow", "extractive")
    for citation in answer["citations"]:
        assert seed_text[citation["start_char_index"] : citation["end_char_index"]] == citation["cited_text"]


def test_a_question_that_the_paper_does_not_answer_exits_with_1(terminal: Terminal) -> None:
    asked = terminal.run("ask", "What dose of fludarabine was given?")
    assert asked.code == 1
    assert asked.out.startswith("Not reported: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", QUESTION, "--paper", "no-such-paper"), "no paper 'no-such-paper'"),
        (("ask", QUESTION, "--persona", "plumber"), "'plumber' is no persona"),
        (("ask", "?!"), "journal-club: question: It holds no word."),
        (("ask", QUESTION, "--stage", "resident"), "--specialty"),
        (("ingest", "no-such-file.txt"), "no-such-file.txt cannot be read"),
        (("ask",), "Missing argument"),
    ],
)
def test_a_wrong_argument_exits_with_2_and_one_line(terminal: Terminal, arguments: tuple[str, ...], says: str) -> None:
    refused = terminal.run(*arguments)
    assert (refused.code, refused.out) == (2, "")
    assert says in refused.err
    assert "Traceback" not in refused.err


def test_a_setting_that_is_none_exits_with_3(terminal: Terminal) -> None:
    refused = terminal.run("papers", "list", JOURNAL_CLUB_CHAT__MODLE="x")
    assert (refused.code, refused.out) == (3, "")
    assert "JOURNAL_CLUB_CHAT__MODLE is no setting" in refused.err


def test_doctor_finds_nothing_wrong_with_a_new_house(terminal: Terminal) -> None:
    looked = terminal.run("doctor")
    assert looked.code == 0, looked.out
    assert "questions stay on this machine" in looked.out


def test_doctor_names_what_mends_a_wrong_set_up(terminal: Terminal) -> None:
    looked = terminal.run("doctor", "--json", JOURNAL_CLUB_CHAT__ENDPOINT="embedded")
    assert looked.code == 3
    assert "make model" in next(check["detail"] for check in looked.document["checks"] if not check["ok"])


def test_verify_exits_with_1_when_the_paper_says_something_else(terminal: Terminal) -> None:
    verified = terminal.run("verify", "-", "--json", given="Overall survival was improved with cilta-cel (HR 0.45; p=0.0009).")
    assert verified.code == 1
    assert verified.document["results"][0]["verdict"] in {"contradicted", "not_found"}


def test_a_paper_comes_in_is_shown_exactly_and_goes(tmp_path: Path) -> None:
    terminal = Terminal(data_dir=tmp_path / "data")
    page = tmp_path / "My Trial 1.md"
    page.write_bytes("\ufeff# A trial\r\n\r\n## Results\r\n\r\nMortality was 12% \x1b[2J with A.\r\n".encode())
    assert terminal.run("ingest", str(page), "--json").document["status"] == "created"
    assert terminal.run("papers", "show", "my-trial-1", "--text").out == page.read_bytes().decode()
    taken = terminal.run("ingest", "-", "--id", "my-trial-1", given="# Another trial\n\nMortality was 13%.\n")
    assert taken.code == 1
    exported = terminal.run("papers", "export", "my-trial-1").out
    assert terminal.run("papers", "rm", "my-trial-1").code == 0
    assert terminal.run("papers", "import", "-", "--json", given=exported).document["status"] == "created"
    assert "\x1b" not in terminal.run("search", "mortality", "--paper", "my-trial-1").out


def test_rebuild_embeds_every_paper_again(terminal: Terminal) -> None:
    terminal.run("papers", "list")
    assert [paper["id"] for paper in terminal.run("rebuild", "--json").document["papers"]] == ["cartitude-4"]


def test_commands_go_through_the_service_and_print_the_same(terminal: Terminal, served: Terminal) -> None:
    for arguments in (
        ("ask", QUESTION, "--json"),
        ("search", "deaths", "--json"),
        ("ask", "What dose of fludarabine was given?", "--json"),
    ):
        here, there = terminal.run(*arguments), served.run(*arguments)
        records = [{key: value for key, value in ran.document.items() if key not in VARYING} for ran in (here, there)]
        assert records[0] | {"trace": 0} == records[1] | {"trace": 0}
        assert here.code == there.code


def test_the_service_is_named_where_the_store_itself_is_needed(served: Terminal) -> None:
    refused = served.run("rebuild")
    assert refused.code == 3
    assert served.address in refused.err
    assert f"the service at {served.address}" in served.run("doctor").out


def test_a_paper_goes_in_and_out_through_the_service(served: Terminal) -> None:
    assert served.run("ingest", "-", "--id", "second", given="# A second trial\n\nMortality was 13%.\n").code == 0
    assert {paper["id"] for paper in served.run("papers", "list", "--json").document["papers"]} == {"cartitude-4", "second"}
    ambiguous = served.run("ask", QUESTION)
    assert (ambiguous.code, "cartitude-4, second" in ambiguous.err) == (2, True)
    assert served.run("papers", "rm", "second").code == 0


def test_check_finds_where_a_page_contradicts_itself_and_keeps_nothing(terminal: Terminal, seed_text: str) -> None:
    checked = terminal.run("check", str(ROOT / "seeds" / "cartitude-4.txt"))
    assert checked.code == 1
    assert "0.0009 in one place and 0.0003 in another" in checked.out
    assert "2 conflicts found" in checked.out
    document = terminal.run("check", "-", "--json", given=seed_text).document
    assert [one["kind"] for one in document["conflicts"]] == ["reduction", "different_value"]


def test_check_of_a_page_that_agrees_with_itself_exits_with_0(terminal: Terminal) -> None:
    checked = terminal.run("check", str(SECOND_PAGE))
    assert (checked.code, checked.out) == (0, "no conflicts found\n")


def test_check_of_a_file_that_is_not_there_says_so(terminal: Terminal) -> None:
    assert terminal.run("check", "no-such-file.txt").code == 2
