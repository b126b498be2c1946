"""What the README shows of the command line is what the command line prints."""

import re
import shlex

import pytest

from tests.cli.conftest import Terminal
from tests.conftest import ROOT

BLOCKS = re.findall(r"^```\n(\$ .*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
SHOWN = [tuple(example.split("\n", 1)) for block in BLOCKS for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]


def test_the_readme_shows_an_answer_and_a_refusal() -> None:
    assert len(SHOWN) >= 2


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_of_the_readme_prints_what_stands_there(terminal: Terminal, command: str, output: str) -> None:
    piped = re.fullmatch(r"echo ('[^']*') \| (.*)", command)
    given = shlex.split(piped[1])[0] if piped else ""
    name, *arguments = shlex.split(piped[2] if piped else command)
    printed = terminal.run(*arguments, given=given).out
    assert name == "journal-club"
    assert printed == output if not output.endswith("...\n") else printed.startswith(output.removesuffix("...\n"))
