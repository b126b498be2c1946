"""The plain page: asks, and shows an answer with its citations beside the paper's text.

Owns `/`, with and without JavaScript. Everything is rendered as text by templates that escape; key responses are not shown here.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import TypeAdapter, ValidationError
from starlette.responses import HTMLResponse

from journal_club.answering.answer import Answer
from journal_club.answering.case import Ask
from journal_club.answering.personas import Persona
from journal_club.library.record import PaperRecord
from journal_club.models.endpoint import Endpoint
from journal_club.service.asking import attended, narrate
from journal_club.service.edge import request_id_of
from journal_club.service.errors import InvalidRequestError, MediaTypeError
from journal_club.service.fields import CONTROL, Question, check_length
from journal_club.service.kinds import PROBLEMS
from journal_club.service.problems import Problem, problem_of
from journal_club.service.service import Service, ServiceDep
from journal_club.service.source_view import Piece, Segment, pieces_of, plain, segments_of, signs_of

__all__ = ["router"]

FORM = "application/x-www-form-urlencoded"
DEFAULT_PERSONA = "resident"
KNOWN_FAILURES = tuple(PROBLEMS)
QUESTION = TypeAdapter(Question)

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What the reader filled in."""

    question: str = ""
    persona: str = DEFAULT_PERSONA
    paper_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """Everything that the page shows."""

    form: Form
    papers: tuple[PaperRecord, ...]
    personas: tuple[Persona, ...]
    destination: Endpoint
    longest: int
    segments: tuple[Segment, ...]
    answer: Answer | None
    problem: Problem | None

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """A statement's text, cut at its marks."""
        return pieces_of(text)

    def signs(self, text: str) -> tuple[Piece, ...]:
        """A text, cut at the characters that cannot be seen."""
        return signs_of(text)

    def plain(self, text: str) -> str:
        """A text without the characters that cannot be seen."""
        return plain(text)


@router.get("/")
async def show_page(request: Request, service: ServiceDep, paper_id: Annotated[str, Query(max_length=64)] = "") -> Response:
    """Show the page, with a paper's text."""
    try:
        return _rendered(await service.run(_view, service, Form(paper_id=paper_id)))
    except KNOWN_FAILURES as error:
        return await _failed(request, service, Form(), error)


@router.post("/")
async def ask_on_page(request: Request, service: ServiceDep) -> Response:
    """Answer a question of the form, for browsers without JavaScript."""
    form = Form()
    try:
        form = _form_of(request.headers.get("content-type", ""), await request.body())
        ask = await _ask_of(service, form)
        answer = await attended(request.receive, partial(narrate, service, ask))
        return _rendered(await service.run(_view, service, form, answer))
    except KNOWN_FAILURES as error:
        return await _failed(request, service, form, error)


async def _failed(request: Request, service: Service, form: Form, error: Exception) -> Response:
    problem = problem_of(error, instance=request.url.path, request_id=request_id_of(request))
    kept = Form(question=form.question, persona=form.persona)
    return _rendered(await service.run(_view, service, kept, None, problem), status=problem.status)


def _form_of(content_type: str, body: bytes) -> Form:
    """The form's fields; the browser sends them urlencoded, and nothing else is taken."""
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise MediaTypeError("The page's form is taken urlencoded; programs use POST /v1/ask.")
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:
        raise InvalidRequestError("The form has too many fields.") from None
    first = {name: CONTROL.sub(" ", values[0]).strip() for name, values in fields.items()}
    return Form(question=first.get("question", ""), persona=first.get("persona", DEFAULT_PERSONA), paper_id=first.get("paper_id", ""))


async def _ask_of(service: Service, form: Form) -> Ask:
    try:
        question = QUESTION.validate_python(form.question)
    except ValidationError:
        raise InvalidRequestError("Please write a question.", pointer="/question") from None
    check_length(question, longest=service.club.settings.service.max_question_chars, pointer="/question")
    return Ask(question=question, persona=form.persona[:64], paper_id=await service.paper_id(form.paper_id or None))


def _view(service: Service, form: Form, answer: Answer | None = None, problem: Problem | None = None) -> View:
    club = service.club
    papers = tuple(sorted(club.library.records(), key=lambda record: record.id))
    shown = form.paper_id or (answer.paper_id if answer else papers[0].id if papers else "")
    segments = segments_of(club.library.paper(shown), club.library.passages(shown), answer) if shown else ()
    return View(
        form=Form(question=form.question, persona=form.persona, paper_id=shown),
        papers=papers,
        personas=club.personas.all(),
        destination=club.endpoint,
        longest=club.settings.service.max_question_chars,
        segments=segments,
        answer=answer,
        problem=problem,
    )


def _rendered(view: View, *, status: int = 200) -> Response:
    page = templates.get_template("page.html").render(view=view)
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})
