"""The locks pin everything by hash, and no tracked file carries an address or a path of one machine."""

import importlib.metadata
import re
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-weights.lock")
NAME = r"[a-z0-9][a-z0-9._-]*"
ENTRY = re.compile(rf"^{NAME}(?:\[[a-z,]+\])?==[^\s\\;]+(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{{64}}(?: \\)?\n)+)", re.MULTILINE)
COMMENT = re.compile(r"^#.*\n", re.MULTILINE)
# Written in two pieces each, so that this file does not name what it looks for.
HOSTS = re.compile("|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.org", "deb" + r"ian\.org")))
MACHINE = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|tmp/[\w.-]+|ho" + r"me/\w+)/")


def names_in(lock: str) -> set[str]:
    return set(re.findall(rf"^({NAME})(?:\[[a-z,]+\])?==", (ROOT / lock).read_text(), re.MULTILINE))


def extras_asked_for() -> set[str]:
    """`name[extra]` for every extra that an installed package of the locks asks for, here and now."""
    locked, found = names_in("requirements-dev.lock"), set()
    for distribution in importlib.metadata.distributions():
        for text in distribution.requires or ():
            requirement = Requirement(text)
            name = canonicalize_name(requirement.name)
            if requirement.extras and name in locked and (not requirement.marker or requirement.marker.evaluate({"extra": ""})):
                found.add(f"{name}[{','.join(sorted(requirement.extras))}]")
    return found


def tracked_texts() -> list[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [path for path in listed.stdout.splitlines() if (ROOT / path).is_file()]
    return [(path, (ROOT / path).read_bytes().decode("utf-8", errors="replace")) for path in paths]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_nothing_but_pinned_entries_with_hashes(lock: str) -> None:
    rest = ENTRY.sub("", COMMENT.sub("", (ROOT / lock).read_text()))
    assert rest.strip() == ""


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_carries_no_address(lock: str) -> None:
    assert not re.search(r"https?:|file:|@ |--index|--find-links", (ROOT / lock).read_text())


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = {re.split(r"[^a-z0-9-]", name)[0] for name in project["project"]["dependencies"] + groups["build"]}
    assert wanted <= names_in("requirements.lock")
    assert {re.split(r"[^a-z0-9-]", name)[0] for name in groups["dev"]} <= names_in("requirements-dev.lock")


def test_what_is_asked_for_with_an_extra_is_locked_with_it() -> None:
    """Else pip looks for `name[extra]` beyond the lock, and fails on the day that its package has a newer release."""
    assert extras_asked_for() <= set(re.findall(r"^(\S+\])==", (ROOT / "requirements-dev.lock").read_text(), re.MULTILINE))


def test_the_two_locks_agree_on_every_version() -> None:
    entries = [set(re.findall(r"^\S+==\S+(?: ; [^\\]+)?", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS[:2]]
    assert entries[0] <= entries[1]


def test_no_tracked_file_names_a_package_index_or_a_path_of_one_machine() -> None:
    found = [path for path, text in tracked_texts() if HOSTS.search(text) or MACHINE.search(text)]
    assert found == []
