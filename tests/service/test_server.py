"""The process: the address, the start-up line, and an end in time."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest

from journal_club.club import JournalClub
from journal_club.service.server import BindError, bind, start_up_line
from tests.scripted_endpoint import Reply, ScriptedEndpoint
from tests.service.conftest import DRAFT, ask, events_of

SERVE = "from journal_club.service.server import serve; from journal_club.settings import load_settings; serve(load_settings())"


@contextmanager
def served(folder: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """A service in a process of its own: the process, its address, and what it said until it served."""
    environment = os.environ | {"JOURNAL_CLUB_DATA_DIR": str(folder), "JOURNAL_CLUB_SERVICE__PORT": "0", **variables}
    process = subprocess.Popen([sys.executable, "-c", SERVE], stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr
    said = []
    try:
        for line in process.stderr:
            said.append(line)
            if "journal-club serves " in line:
                break
        yield process, said[-1].split("journal-club serves ")[1].split(". ")[0], said
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "127.0.0.1.example.org", ""])
def test_only_loopback_is_bound(host: str) -> None:
    with pytest.raises(BindError, match="loopback"):
        bind(host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_loopback_is_bound(host: str) -> None:
    with bind(host, 0) as bound:
        assert ip_address(bound.getsockname()[0]).is_loopback


def test_a_port_that_is_taken_is_named() -> None:
    with bind("127.0.0.1", 0) as first:
        first.listen()
        with pytest.raises(BindError, match=str(first.getsockname()[1])):
            bind("127.0.0.1", first.getsockname()[1])


def test_the_start_up_line_says_where_questions_go_and_how_to_change_that(club: JournalClub) -> None:
    line = start_up_line(club, "http://127.0.0.1:8000")
    assert "http://127.0.0.1:8000" in line
    assert club.endpoint.where.removeprefix("q") in line
    assert club.endpoint.why in line


def test_sigterm_ends_an_open_stream_with_an_error_and_the_process_in_time(data_dir: Path) -> None:
    with ScriptedEndpoint(Reply(text=DRAFT * 2, stall_after=15)) as model:
        chat = {"ENDPOINT": "compatible", "BASE_URL": model.base_url, "MODEL": "scripted"}
        variables = {f"JOURNAL_CLUB_CHAT__{name}": value for name, value in chat.items()}
        with served(data_dir, JOURNAL_CLUB_SERVICE__GRACEFUL_S="2", **variables) as (process, address, _):
            with httpx.stream("POST", f"{address}/v1/ask", json=ask(stream=True), timeout=30, trust_env=False) as response:
                events = events_of(response.iter_lines())
                assert [next(events)[0], next(events)[0]] == ["retrieval", "statement"]
                process.send_signal(signal.SIGTERM)
                name, _, data = list(events)[-1]
            assert (name, json.loads(data)["problem"]["status"]) == ("error", 503)
            assert process.wait(10) == 0


def test_the_log_of_a_served_question_holds_no_word_of_it_and_sigint_ends_in_order(data_dir: Path) -> None:
    with served(data_dir, JOURNAL_CLUB_CHAT__ENDPOINT="none") as (process, address, said):
        httpx.post(f"{address}/v1/ask", json=ask("Was Mrs Quimby treated?"), timeout=30, trust_env=False)
        process.send_signal(signal.SIGINT)
        assert process.stderr
        said += list(process.stderr)
        assert process.wait(10) == 0
    assert any("/v1/ask" in line for line in said)
    assert "Quimby" not in "".join(said)
    assert "Traceback" not in "".join(said)
