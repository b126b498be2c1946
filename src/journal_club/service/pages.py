"""The pages: papers, the reading room of one, its handout, and kept answers.

Owns their addresses, with and without JavaScript: every form is answered by a whole page, of which the script takes what it asked for.
Everything is rendered as text by templates that escape.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse

from journal_club.answering.answer import Answer
from journal_club.answering.personas import UnknownPersonaError
from journal_club.evaluation.feedback import feedback
from journal_club.library.errors import UnknownAnswerError
from journal_club.service.asking import attended, narrate
from journal_club.service.edge import request_id_of
from journal_club.service.fields import check_length
from journal_club.service.keeping import keep
from journal_club.service.kinds import PROBLEMS
from journal_club.service.page_forms import DEFAULT_PERSONA, AskForm, ask_form, ask_of, fields_of
from journal_club.service.page_views import Checked, KeptView, PapersView, RoomView, Shown, Tried, handout_view, room_view, title_of
from journal_club.service.problems import Problem, problem_of
from journal_club.service.service import Service, ServiceDep
from journal_club.service.shown import pieces_of, plain, signs_of

__all__ = ["router"]

KNOWN_FAILURES = tuple(PROBLEMS)
LONGEST_TEXT = 20_000
"""Characters of a text that a page checks; programs send longer ones to `/v1/verify`."""

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.globals |= {"pieces": pieces_of, "signs": signs_of, "plain": plain}

router = APIRouter(include_in_schema=False)
PersonaQuery = Annotated[str, Query(max_length=64)]


@router.get("/")
async def show_papers(service: ServiceDep) -> Response:
    """Show which papers there are."""
    return _rendered("papers.html", await service.run(_papers, service))


@router.get("/papers/{paper_id}")
async def show_room(request: Request, service: ServiceDep, paper_id: str, persona: PersonaQuery = "") -> Response:
    """Show a paper's reading room."""
    form = AskForm(persona=persona) if persona else AskForm()
    return await _told(request, service, paper_id, form, lambda _shown: _room(service, paper_id, form, Shown()))


@router.post("/papers/{paper_id}/takeaways")
async def take_away(request: Request, service: ServiceDep, paper_id: str) -> Response:
    """Show what a reader should take away."""
    form = AskForm()

    async def filled(_shown: list[Shown]) -> RoomView:
        nonlocal form
        form = ask_form(await _fields(request))
        async with service.admission.place():
            given = await service.club.tailored.takeaways(paper_id, form.persona)
        return await _room(service, paper_id, form, Shown(takeaways=given))

    return await _told(request, service, paper_id, form, filled)


@router.post("/papers/{paper_id}")
async def ask_in_room(request: Request, service: ServiceDep, paper_id: str) -> Response:
    """Answer a question of the form, for browsers without JavaScript."""
    form = AskForm()

    async def filled(_shown: list[Shown]) -> RoomView:
        nonlocal form
        form = ask_form(await _fields(request))
        ask = ask_of(form, paper_id=paper_id, longest=service.club.settings.service.max_question_chars)
        answer = await attended(request.receive, partial(narrate, service, ask))
        return await _room(service, paper_id, form, Shown(answer=answer))

    return await _told(request, service, paper_id, form, filled)


@router.post("/papers/{paper_id}/discussion/{item}")
async def try_item(request: Request, service: ServiceDep, paper_id: str, item: int) -> Response:
    """Read a learner's answer to a discussion item against its key response."""

    async def filled(shown: list[Shown]) -> RoomView:
        text = await _text(request)
        shown.append(Shown(tried=Tried(item=item, text=text)))
        found = await service.run_in_time(feedback, service.club, text, paper_id=paper_id, item=str(item))
        return await _room(service, paper_id, AskForm(), Shown(tried=Tried(item=item, text=text, feedback=found)))

    return await _told(request, service, paper_id, AskForm(), filled)


@router.post("/papers/{paper_id}/check")
async def check_text(request: Request, service: ServiceDep, paper_id: str) -> Response:
    """Hold each sentence of a text against the paper."""

    async def filled(shown: list[Shown]) -> RoomView:
        text = await _text(request)
        shown.append(Shown(checked=Checked(text=text)))
        found = await service.run_in_time(service.club.verify, text, paper_id=paper_id)
        return await _room(service, paper_id, AskForm(), Shown(checked=Checked(text=text, results=found)))

    return await _told(request, service, paper_id, AskForm(), filled)


@router.get("/papers/{paper_id}/handout")
async def show_handout(request: Request, service: ServiceDep, paper_id: str) -> Response:
    """Show a paper on one page to print."""
    try:
        return _rendered("handout.html", await service.run(handout_view, service, await service.paper_id(paper_id)))
    except KNOWN_FAILURES as error:
        return await _papers_with(request, service, error)


@router.get("/answers/{answer_id}")
async def show_answer(request: Request, service: ServiceDep, answer_id: str) -> Response:
    """Show an answer that was kept, or given lately, on a page of its own."""
    try:
        return _rendered("kept.html", await service.run(_kept, service, answer_id))
    except KNOWN_FAILURES as error:
        return await _papers_with(request, service, error)


@router.post("/answers/{answer_id}")
async def keep_or_delete(request: Request, service: ServiceDep, answer_id: str) -> Response:
    """Keep an answer that was given lately, or delete a kept one."""
    try:
        fields = await _fields(request)
        if fields.get("do") == "delete":
            paper_id = (await service.run(_kept, service, answer_id)).paper_id
            await service.run(service.club.library.answers.delete, answer_id)
            return RedirectResponse(f"/papers/{paper_id}", status_code=303)
        await service.run(keep, service, answer_id)
        return RedirectResponse(f"/answers/{answer_id}", status_code=303)
    except KNOWN_FAILURES as error:
        return await _papers_with(request, service, error)


async def _fields(request: Request) -> dict[str, str]:
    return fields_of(request.headers.get("content-type", ""), await request.body())


async def _text(request: Request) -> str:
    text = (await _fields(request)).get("text", "")
    check_length(text, longest=LONGEST_TEXT, pointer="/text")
    return text


async def _room(service: Service, paper_id: str, form: AskForm, shown: Shown) -> RoomView:
    """The room with the questions for its reader; an unknown one is replaced by the usual."""
    try:
        async with service.admission.place():
            suggested = await service.club.tailored.questions(paper_id, form.persona)
    except UnknownPersonaError:
        return await _room(service, paper_id, replace(form, persona=DEFAULT_PERSONA), shown)
    return await service.run(room_view, service, paper_id, form, [one.text for one in suggested.questions], shown)


async def _told(
    request: Request, service: Service, paper_id: str, form: AskForm, filled: Callable[[list[Shown]], Awaitable[RoomView]]
) -> Response:
    """The room as it was filled; what fails is told in the room beside what was sent, or, where there is no room, beside the papers.

    Args:
        request: as it came.
        service: the service.
        paper_id: of the room.
        form: as it is shown when nothing could be read.
        filled: fills the room; what it was sent goes into the list that it is given, so that nothing is lost when it fails.
    """
    sent: list[Shown] = []
    try:
        await service.run(service.club.library.paper, await service.paper_id(paper_id))
        try:
            return _rendered("room.html", await filled(sent))
        except KNOWN_FAILURES as error:
            problem = _problem(request, error)
            shown = replace(sent[0] if sent else Shown(), problem=problem)
            return _rendered("room.html", await _room(service, paper_id, form, shown), status=problem.status)
    except KNOWN_FAILURES as error:
        return await _papers_with(request, service, error)


async def _papers_with(request: Request, service: Service, error: Exception) -> Response:
    problem = _problem(request, error)
    return _rendered("papers.html", await service.run(_papers, service, problem), status=problem.status)


def _problem(request: Request, error: Exception) -> Problem:
    return problem_of(error, instance=request.url.path, request_id=request_id_of(request))


def _papers(service: Service, problem: Problem | None = None) -> PapersView:
    records = tuple(sorted(service.club.library.records(), key=lambda record: record.id))
    return PapersView(destination=service.club.endpoint, papers=records, problem=problem)


def _kept(service: Service, answer_id: str) -> KeptView:
    library = service.club.library
    given = service.given.get(answer_id)
    try:
        answer, is_kept = Answer.model_validate_json(library.answers.text(answer_id)), True
    except UnknownAnswerError:
        if given is None:
            raise
        answer, is_kept = given, False
    document_hash = str(answer.trace["document_hash"])
    paper = library.paper(answer.paper_id, document_hash=document_hash)
    return KeptView(
        destination=service.club.endpoint,
        paper_id=answer.paper_id,
        title=title_of(paper, answer.paper_id),
        answer=answer,
        is_kept=is_kept,
        is_current=library.paper(answer.paper_id).document_hash == document_hash,
    )


def _rendered(template: str, view: object, *, status: int = 200) -> Response:
    page = templates.get_template(template).render(view=view)
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})
