"""The real commands on a data folder of their own: in this process, in one of their own, and beside a service."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from journal_club.cli.app import app

SCRIPT = "from journal_club.cli import main; main()"
SERVES = re.compile(r"journal-club serves (http://127\.0\.0\.1:\d+)")


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, kw_only=True)
class Terminal:
    """Runs commands on one data folder, without a model; `address` is the service's that owns the folder."""

    data_dir: Path
    address: str = ""

    @property
    def variables(self) -> dict[str, str]:
        return {"JOURNAL_CLUB_DATA_DIR": str(self.data_dir), "JOURNAL_CLUB_CHAT__ENDPOINT": "none", "NO_COLOR": "1"}

    def run(self, *arguments: str, given: str = "", **variables: str) -> Ran:
        """Run a command in this process, which has the heavy imports behind it."""
        done = CliRunner().invoke(app, arguments, input=given.encode(), env=self.variables | variables)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Ran(code=done.exit_code, out=done.stdout_bytes.decode(), err=done.stderr_bytes.decode())

    def start(self, *arguments: str, script: str = SCRIPT) -> subprocess.Popen[bytes]:
        """Start a command in a process of its own."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("JOURNAL_CLUB_", "OPENAI_"))}
        command = [sys.executable, "-c", script, *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=inherited | self.variables, stdin=pipe, stdout=pipe, stderr=pipe)

    def spawn(self, *arguments: str, script: str = SCRIPT) -> Ran:
        """Run a command in a process of its own."""
        process = self.start(*arguments, script=script)
        out, err = process.communicate(timeout=60)
        return Ran(code=process.returncode, out=out.decode(), err=err.decode())


@pytest.fixture(autouse=True)
def _log() -> Iterator[None]:
    """A command sets the log of its process; the process of the tests gets it back."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A terminal whose data folder no service owns."""
    return Terminal(data_dir=tmp_path_factory.mktemp("cli") / "data")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A terminal beside a running service."""
    data_dir = tmp_path_factory.mktemp("served") / "data"
    with Terminal(data_dir=data_dir).start("serve", "--port", "0") as service:
        assert service.stderr
        said = b""
        while not (found := SERVES.search(said.decode())):
            line = service.stderr.readline()
            assert line, said.decode()
            said += line
        yield Terminal(data_dir=data_dir, address=found[1])
        service.send_signal(signal.SIGTERM)
        _, err = service.communicate(timeout=30)
        assert service.returncode == 0, err
