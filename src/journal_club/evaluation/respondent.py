"""The respondent: a process of its own that answers the suite's questions, and can read neither cases nor key responses.

Owns that process and the lines that go to and fro: one JSON document a line, a question or a sentence to verify in, an answer, a verdict or
an error out. Its data folder is ingested from a page whose key responses are blanked; files of the evaluation are refused to it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from journal_club.answering.answer import Answer
from journal_club.paper.model import Origin, Paper

__all__ = ["Respondent", "RespondentError", "blanked", "respondent"]

_DONE_S = 20


class RespondentError(Exception):
    """The answering process failed on a question, or is gone; the message is its own."""


def blanked(paper: Paper, *, hidden: Collection[Origin] = (Origin.KEY_RESPONSE,)) -> str:
    """The page's text with the words of some origins blanked, letter by letter: every other word keeps its place."""
    text = paper.source_text
    for part in paper.parts:
        if part.origin in hidden:
            letters = ("x" if character.isalnum() else character for character in text[part.start : part.end])
            text = text[: part.start] + "".join(letters) + text[part.end :]
    return text


class Respondent:
    """A running respondent. Use as a context; not thread-safe: it is asked one thing at a time."""

    def __init__(self, seeds: Path, data: Path, forbidden: Path, variables: Mapping[str, str]) -> None:
        """Start the process.

        Args:
            seeds: folder of the one page that it may know.
            data: its empty data folder.
            forbidden: folder that it may not read.
            variables: its environment, with the settings of the model that drafts.
        """
        own = {"JOURNAL_CLUB_SEEDS_DIR": str(seeds), "JOURNAL_CLUB_DATA_DIR": str(data)}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "journal_club.evaluation.respondent", str(forbidden)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**variables, **own},
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(_DONE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def answer(self, question: str, *, persona: str, paper_id: str) -> Answer:
        """The answer to one question.

        Raises:
            RespondentError: there is none.
        """
        return Answer.model_validate(self._asked({"question": question, "persona": persona, "paper_id": paper_id}))

    def verify(self, text: str, *, paper_id: str) -> tuple[str, str]:
        """The worst verdict on a sentence, and its reason.

        Raises:
            RespondentError: there is none.
        """
        found = self._asked({"verify": text, "paper_id": paper_id})
        return str(found["verdict"]), str(found["reason"])

    def _asked(self, asked: Mapping[str, str]) -> dict[str, object]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RespondentError("the answering process has no pipes")
        try:
            stdin.write(json.dumps(asked) + "\n")
            stdin.flush()
            line = stdout.readline()
        except OSError as error:
            raise RespondentError(f"the answering process is gone: {error}") from error
        if not line:
            raise RespondentError(f"the answering process ended with status {self._process.wait()}; its last words stand above")
        found: dict[str, object] = json.loads(line)
        if "error" in found:
            raise RespondentError(str(found["error"]))
        return found


@contextmanager
def respondent(paper_id: str, text: str, *, forbidden: Path, variables: Mapping[str, str]) -> Iterator[Respondent]:
    """A respondent that knows one page, in a folder of its own that is gone afterwards."""
    with TemporaryDirectory() as folder:
        seeds, data = Path(folder) / "seeds", Path(folder) / "data"
        seeds.mkdir()
        (seeds / f"{paper_id}.txt").write_bytes(text.encode())
        with Respondent(seeds, data, forbidden, variables) as running:
            yield running


def _refuse(forbidden: Path) -> None:
    """Refuse this process every file of a folder."""
    folder = os.fspath(forbidden.resolve())

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path == folder or path.startswith(folder + os.sep):
                raise PermissionError(f"the answering process may not read {path}")

    sys.addaudithook(watch)


async def _serve() -> None:
    """Answer what stands on the lines of stdin until it ends."""
    import anyio

    from journal_club.answering.case import Ask
    from journal_club.club import open_club
    from journal_club.evaluation.worst import worst
    from journal_club.settings import load_settings

    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no answer
    club = open_club(load_settings())
    try:
        await club.warm()
        while line := await anyio.to_thread.run_sync(sys.stdin.readline):
            asked = json.loads(line)
            try:
                if "verify" in asked:
                    verdict, reason = worst(club.verify(asked["verify"], paper_id=asked["paper_id"]))
                    said = json.dumps({"verdict": verdict, "reason": reason})
                else:
                    said = (await club.answer(Ask(**asked))).model_dump_json()
            except Exception as error:
                said = json.dumps({"error": f"{type(error).__name__}: {error}"})
            print(said, file=lines, flush=True)
    finally:
        await club.aclose()


def main() -> None:
    """Run as the answering process; the one argument is the folder that it may not read."""
    import anyio

    _refuse(Path(sys.argv[1]))
    anyio.run(_serve)


if __name__ == "__main__":
    main()
