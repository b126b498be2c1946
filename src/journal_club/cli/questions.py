"""What is asked of a paper: `ask`, `search`, `verify`.

Owns what each command prints for people and for programs, and which exit code the outcome has.
"""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_club.answering.answer import Answer, AnswerEvent, StatementEvent
from journal_club.cli.desk import Desk, open_desk
from journal_club.cli.display import AnswerView
from journal_club.cli.exits import CommandError, ExitCode
from journal_club.cli.sources import read_source
from journal_club.cli.terminal import busy, complain, print_json, say
from journal_club.settings import Settings

if TYPE_CHECKING:
    from journal_club.service.verifying import VerifyResult

__all__ = ["Asked", "ask", "question_of", "reader_of", "search", "verify"]

_VERDICT_STYLES = {"contradicted": "bold red", "not_found": "red", "not_understood": "yellow", "derived": "green", "supported": "green"}
_FAILED = {"contradicted", "not_found", "not_understood"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question as it was typed."""

    question: str
    persona: str | dict[str, str]
    paper_id: str | None
    top_k: int | None
    background: bool

    def body(self) -> dict[str, object]:
        """The request's body."""
        return {
            "question": self.question,
            "persona": self.persona,
            "paper_id": self.paper_id,
            "top_k": self.top_k,
            "background": self.background,
        }


def reader_of(persona: str, *, stage: str | None, specialty: str | None) -> str | dict[str, str]:
    """The reader that the options name or describe.

    Raises:
        CommandError: only one of stage and specialty was given.
    """
    if stage is None and specialty is None:
        return persona
    if stage is None or specialty is None:
        raise CommandError("--stage and --specialty are given together", code=ExitCode.USAGE)
    return {"training_stage": stage, "specialty": specialty}


async def ask(settings: Settings, asked: Asked, *, show_withheld: bool, as_json: bool) -> ExitCode:
    """Ask, print, and say whether the question was refused as a whole."""
    with busy("Opening the club ...") as quiet:
        async with open_desk(settings) as desk:
            answer = await _answer(desk, asked, None if as_json else AnswerView(show_withheld=show_withheld, before=quiet))
            quiet()
            if as_json:
                print_json(answer.model_dump(mode="json"))
    if "degraded" in answer.trace:
        complain(f"degraded: {answer.trace['degraded']}")
    return ExitCode.FOUND if answer.mode == "abstained" else ExitCode.FINE


async def _answer(desk: Desk, asked: Asked, view: AnswerView | None) -> Answer:
    async for event in desk.events("/v1/ask", asked.body()):
        if isinstance(event, StatementEvent) and view:
            view.statement(event)
        if isinstance(event, AnswerEvent):
            if view:
                view.rest(event.answer)
            return event.answer
    raise CommandError("the stream ended before the answer did", code=ExitCode.UPSTREAM)


async def search(settings: Settings, query: str, *, paper_id: str | None, top_k: int | None, as_json: bool) -> ExitCode:
    """Print the passages nearest to a query."""
    from journal_club.service.searching import SearchReply

    with busy("Searching ..."):
        async with open_desk(settings) as desk:
            reply = await desk.post("/v1/search", SearchReply, {"query": query, "paper_id": paper_id, "top_k": top_k})
    if as_json:
        print_json(reply.model_dump(mode="json"))
        return ExitCode.FINE
    for found in reply.results:
        place = f"characters {found.start_char_index}-{found.end_char_index}"
        say(f"{found.score:.4f}  {found.section.replace('_', ' ')} ({found.origin.value}), {place}", style="bold")
        say(f"    {' '.join(found.text.split())}")
    if reply.degraded:
        complain(f"words only: {reply.degraded}")
    return ExitCode.FINE


async def verify(settings: Settings, file: str, *, paper_id: str | None, as_json: bool) -> ExitCode:
    """Print a verdict a sentence, and say whether the paper carries them all."""
    from journal_club.service.verifying import VerifyReply

    text = read_source(file)
    with busy("Verifying ..."):
        async with open_desk(settings) as desk:
            reply = await desk.post("/v1/verify", VerifyReply, {"paper_id": paper_id, "text": text})
    if as_json:
        print_json(reply.model_dump(mode="json"))
    else:
        for result in reply.results:
            _print_result(result)
    return ExitCode.FOUND if any(result.verdict in _FAILED for result in reply.results) else ExitCode.FINE


def _print_result(result: "VerifyResult") -> None:
    say(f"{result.verdict.replace('_', ' ')}: {' '.join(result.statement.split())}", style=_VERDICT_STYLES.get(result.verdict, "dim"))
    for sum_ in [result.reason, *(check.rule for check in result.checks if result.verdict == "derived" and ": " in check.rule)]:
        if sum_:
            say(f"    {sum_}", style="dim")
    for source in result.citations:
        say(f"    [{source.number}] {' '.join(source.cited_text.split())}", style="cyan")


def question_of(argument: str) -> str:
    """The question of an argument, read from stdin when it is `-`."""
    return sys.stdin.read().strip() if argument == "-" else argument
