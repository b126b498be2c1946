"""Page forms: what a browser sends from the pages, and what becomes of it.

Owns the reading of urlencoded bodies. Programs use the JSON routes; nothing else is taken here.
"""

import json
from dataclasses import dataclass
from urllib.parse import parse_qs

from pydantic import TypeAdapter, ValidationError

from journal_club.answering.case import Ask
from journal_club.answering.personas import CustomPersona
from journal_club.answering.thread import Turn
from journal_club.service.asking import LONGEST_HISTORY, HistoryTurn
from journal_club.service.errors import InvalidRequestError, MediaTypeError
from journal_club.service.fields import CONTROL, Question, check_length

__all__ = ["DEFAULT_PERSONA", "AskForm", "ask_form", "ask_of", "fields_of"]

FORM = "application/x-www-form-urlencoded"
DEFAULT_PERSONA = "resident"
MOST_FIELDS = 10
QUESTION = TypeAdapter(Question)
HISTORY = TypeAdapter(list[HistoryTurn])


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForm:
    """What the reader filled in; `history` holds the earlier turns, for pages without a script."""

    question: str = ""
    persona: str = DEFAULT_PERSONA
    stage: str = ""
    specialty: str = ""
    history: tuple[Turn, ...] = ()


def fields_of(content_type: str, body: bytes) -> dict[str, str]:
    """The first value of each field.

    Raises:
        MediaTypeError: the body is no form's.
        InvalidRequestError: it has too many fields.
    """
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise MediaTypeError("The page's form is taken urlencoded; programs use POST /v1/ask.")
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS, keep_blank_values=True)
    except ValueError:
        raise InvalidRequestError("The form has too many fields.") from None
    return {name: CONTROL.sub(" ", values[0]).strip() for name, values in fields.items()}


def ask_form(fields: dict[str, str]) -> AskForm:
    """The form for a question; one of the page's own questions goes before what is typed."""
    return AskForm(
        question=fields.get("suggested") or fields.get("question", ""),
        persona=fields.get("persona", DEFAULT_PERSONA)[:64],
        stage=fields.get("stage", ""),
        specialty=fields.get("specialty", ""),
        history=_turns(fields.get("history", "")),
    )


def ask_of(form: AskForm, *, paper_id: str, longest: int) -> Ask:
    """The question that a form asks.

    Raises:
        InvalidRequestError: there is none, it is too long, or the reader is described in part or with other than plain characters.
    """
    try:
        question = QUESTION.validate_python(form.question)
    except ValidationError:
        raise InvalidRequestError("Please write a question.", pointer="/question") from None
    check_length(question, longest=longest, pointer="/question")
    return Ask(question=question, persona=_reader(form), paper_id=paper_id, history=form.history)


def _reader(form: AskForm) -> str | CustomPersona:
    if not form.stage and not form.specialty:
        return form.persona
    try:
        return CustomPersona(training_stage=form.stage, specialty=form.specialty)
    except ValidationError:
        message = "To describe a reader give both a training stage and a specialty, in letters, digits and spaces."
        raise InvalidRequestError(message, pointer="/persona") from None


def _turns(history: str) -> tuple[Turn, ...]:
    """The earlier turns; a thread that cannot be read is none: it only makes a question standalone."""
    try:
        turns = HISTORY.validate_python(json.loads(history or "[]"))
    except (ValueError, RecursionError, ValidationError):
        return ()
    return tuple(Turn(question=turn.question, text=turn.text) for turn in turns[-LONGEST_HISTORY:])
