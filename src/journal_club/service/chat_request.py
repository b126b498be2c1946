"""The request of the OpenAI-compatible chat route, and what becomes of each of its parameters.

Owns the three lots: what is obeyed, what is accepted and named in the reply as not applied, and what is refused. Nothing that
changes the meaning of an answer is passed over in silence.

- obeyed: `model` (a persona, or `persona@paper`), `messages`, `stream`, `stream_options`, `paper_id`; `user` and its like, which
  have no effect by nature; and any parameter at the value that asks for what this service does anyway (`n: 1`).
- not applied: how a model samples and how long it may write. The service's settings say that, and its sentences are verified.
  System messages too: who reads is the persona, and nothing in a request gives orders to the verification.
- refused with 400: everything else, such as tools, other formats than text, or `n: 2`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from journal_club.answering.thread import Turn
from journal_club.service.errors import InvalidRequestError
from journal_club.service.fields import EXAMPLE_PAPER
from journal_club.service.openai_errors import UnsupportedParameterError

__all__ = ["ChatMessage", "ChatRequest", "Conversation", "StreamOptions", "conversation_of", "not_applied"]

WITHOUT_EFFECT = {"metadata", "prompt_cache_key", "prompt_cache_retention", "safety_identifier", "user", "parallel_tool_calls"}
"""Parameters that change no answer anywhere, or none without tools."""

NOT_APPLIED = {"temperature", "top_p", "seed", "max_tokens", "max_completion_tokens", "reasoning_effort", "verbosity", "service_tier"}

NEUTRAL: Mapping[str, tuple[Any, ...]] = {
    "frequency_penalty": (0,),
    "function_call": ("none",),
    "functions": ([],),
    "logit_bias": ({},),
    "logprobs": (False,),
    "modalities": (["text"],),
    "n": (1,),
    "presence_penalty": (0,),
    "response_format": ({"type": "text"},),
    "stop": ([],),
    "store": (False,),
    "tool_choice": ("none", "auto"),
    "tools": ([],),
    "top_logprobs": (0,),
}
"""The values at which a parameter asks for what this service does anyway."""

MESSAGE_EXTRAS = {"annotations", "name", "refusal"}
"""What a client sends back with an answer of ours, or to tell speakers apart."""

SYSTEM_MESSAGES = "system messages"
LONGEST_HISTORY = 50


class TextPart(BaseModel):
    """A piece of a message; only text is read."""

    model_config = ConfigDict(extra="allow", frozen=True)

    type: str
    text: str | None = None


class ChatMessage(BaseModel):
    """One message of the conversation."""

    model_config = ConfigDict(extra="allow", frozen=True)

    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[TextPart] | None = None


class StreamOptions(BaseModel):
    """What a stream tells besides the answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    include_usage: bool = False
    include_obfuscation: bool = False


class ChatRequest(BaseModel):
    """A chat completion request."""

    model_config = ConfigDict(extra="allow", frozen=True)

    model: str = Field(min_length=1, max_length=200, description="A persona, or persona@paper.", examples=["fellow"])
    messages: list[ChatMessage] = Field(min_length=1, max_length=1000)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    paper_id: str | None = Field(default=None, max_length=64, description="Not OpenAI's: which paper is asked.", examples=[EXAMPLE_PAPER])


class Conversation(BaseModel):
    """The question of a conversation, and the turns before it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    pointer: str
    history: tuple[Turn, ...]


def not_applied(request: ChatRequest) -> tuple[str, ...]:
    """The parameters that are accepted and have no effect here, to be named in the reply.

    Raises:
        UnsupportedParameterError: a parameter would change the meaning of the answer, or is unknown.
    """
    extras = {name: value for name, value in (request.model_extra or {}).items() if value is not None}
    for name, value in extras.items():
        _check_parameter(name, value)
    named = [name for name in extras if name in NOT_APPLIED]
    return (*named, *([SYSTEM_MESSAGES] if any(message.role in {"system", "developer"} for message in request.messages) else []))


def conversation_of(request: ChatRequest) -> Conversation:
    """The question, which is the last message, and the turns before it.

    Raises:
        InvalidRequestError: the last message is no user's.
        UnsupportedParameterError: a message holds something else than text.
    """
    last = len(request.messages) - 1
    if request.messages[last].role != "user":
        raise InvalidRequestError("The last message must be the user's question.", pointer=f"/messages/{last}/role")
    spoken = [(message.role, _text(message, number)) for number, message in enumerate(request.messages)]
    turns = tuple(_turns(spoken[:-1]))
    return Conversation(question=spoken[last][1], pointer=f"/messages/{last}/content", history=turns[-LONGEST_HISTORY:])


def _check_parameter(name: str, value: object) -> None:
    if name in WITHOUT_EFFECT or name in NOT_APPLIED:
        return
    if name not in NEUTRAL:
        raise UnsupportedParameterError(name[:64], "This service does not have this parameter.")
    # bool is an int: `logprobs: 0` is no False, and `n: true` no 1.
    if not any(value == neutral and type(value) in {type(neutral), float} for neutral in NEUTRAL[name]):
        raise UnsupportedParameterError(name, f"This service does not support it, other than as {NEUTRAL[name][0]!r}.")


def _text(message: ChatMessage, number: int) -> str:
    for name, value in (message.model_extra or {}).items():
        if value and name not in MESSAGE_EXTRAS:
            raise UnsupportedParameterError(f"messages[{number}].{name[:64]}", "This service does not support it.")
    if isinstance(message.content, list):
        return "\n".join(_part(part, f"messages[{number}].content[{index}]") for index, part in enumerate(message.content))
    return message.content or ""


def _part(part: TextPart, param: str) -> str:
    if part.type != "text" or part.text is None:
        raise UnsupportedParameterError(param, "Only parts of type text are read.")
    return part.text


def _turns(spoken: Sequence[tuple[str, str]]) -> Iterator[Turn]:
    """The user's messages, each with what answered it."""
    question, text = "", ""
    for role, words in spoken:
        if role == "user":
            if question:
                yield Turn(question=question, text=text)
            question, text = words, ""
        elif role == "assistant":
            text = f"{text}\n{words}" if text else words
    if question:
        yield Turn(question=question, text=text)
