"""An attempt at writing one version of a paper, and the names of what it writes.

Whatever an attempt writes bears its name, and nothing is visible before a head names it: so what a killed attempt left behind
can be told from what another process is writing now.
"""

import os
import re
import secrets
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Self

__all__ = ["Attempt"]

PREFIX = "journal-club.passages."
LONGEST_S = 24 * 3600
"""Seconds after which an attempt of an unknown host's process counts as given up."""

_NAME = re.compile(r"(?P<paper_id>[a-z0-9-]{1,64})\.(?P<millis>\d+)-(?P<host>[0-9a-f]{8})-(?P<pid>\d+)-(?P<salt>[0-9a-f]{8})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One attempt of one process.

    Attributes:
        millis: when it began, milliseconds since 1970.
        host: hash of the name of the machine.
        salt: tells apart the attempts of one millisecond.
    """

    paper_id: str
    millis: int
    host: str
    pid: int
    salt: str

    @classmethod
    def begin(cls, paper_id: str) -> Self:
        """An attempt of this process, now."""
        return cls(paper_id=paper_id, millis=time.time_ns() // 1_000_000, host=_host(), pid=os.getpid(), salt=secrets.token_hex(4))

    @classmethod
    def of(cls, name: str) -> Self | None:
        """The attempt that bears or wrote a name; None for a name of another kind."""
        found = _NAME.match(name.removeprefix(PREFIX))
        if found is None:
            return None
        return cls(paper_id=found["paper_id"], millis=int(found["millis"]), host=found["host"], pid=int(found["pid"]), salt=found["salt"])

    @property
    def name(self) -> str:
        """What everything that it writes is called, with a suffix."""
        return f"{self.paper_id}.{self.millis}-{self.host}-{self.pid}-{self.salt}"

    @property
    def collection(self) -> str:
        """The Chroma collection of its passages."""
        return PREFIX + self.name

    @property
    def source(self) -> str:
        """The blob of its source text."""
        return f"{self.name}.source"

    @property
    def manifest(self) -> str:
        """The blob of its passages."""
        return f"{self.name}.manifest"

    def earlier_source(self, number: int) -> str:
        """The blob of an earlier text that is brought along."""
        return f"{self.name}.earlier-{number}"

    @property
    def begun_at(self) -> str:
        """When it began, ISO 8601 in UTC."""
        return datetime.fromtimestamp(self.millis // 1000, tz=UTC).isoformat().replace("+00:00", "Z")

    @property
    def is_own(self) -> bool:
        """Whether this process makes it, or one that had its place before."""
        return self.host == _host() and self.pid == os.getpid()

    @property
    def given_up(self) -> bool:
        """Whether nobody can be at work on it any more: its process has ended, or it is a day old."""
        if self.host == _host():
            return not _alive(self.pid)
        return time.time_ns() // 1_000_000 - self.millis > LONGEST_S * 1000


def _host() -> str:
    return sha256(socket.gethostname().encode("utf-8")).hexdigest()[:8]


def _alive(pid: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
