"""The model: a strong drafter without a model, which quotes the offered passages that share most words with the question.

Serves the OpenAI protocol over real HTTP (`tests/scripted_endpoint.py`), to journal-club and to LlamaIndex alike. It knows both
ways of numbering sources, `[3] ...` and `Source 3:`, and answers the same either way: one sentence of each of the best passages, with
its mark. `instant` answers at once; `paced` thinks for 200 ms and then writes 100 tokens a second, streamed or not.

`GET /last` gives the body of the last call, so that it can be made again.

Run: `python eval/bench/model.py PORT`.
"""

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import uvicorn
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.scripted_endpoint import Reply, ScriptedEndpoint

__all__ = ["THOUGHT_S"]

THOUGHT_S = 0.2
CHUNK_CHARS = 8
CHUNK_S = 0.02
SENTENCES = 2
KEPT_REQUESTS = 100

OURS = re.compile(r"^\[(\d+)\] (?:[^:\n]{1,60}: )?(.+)$", re.MULTILINE)
THEIRS = re.compile(r"^Source (\d+):\n(.+?)(?=^Source \d+:$|^------$)", re.MULTILINE | re.DOTALL)
QUESTION = re.compile(r"(?:Question|Query): (.+)")
SENTENCE = re.compile(r".+?[.!?](?=\s+[A-Z]|\s*$)", re.DOTALL)
WORD = re.compile(r"\w{3,}")


@lru_cache(maxsize=4096)
def answer(prompt: str) -> str:
    """One sentence of each of the best passages, with their marks."""
    sources = THEIRS.findall(prompt.rpartition("Now it's your turn.")[2]) or OURS.findall(prompt)
    asked = words(QUESTION.findall(prompt)[-1])
    best = sorted(sources, key=lambda source: -len(asked & words(source[1])))[:SENTENCES]
    return " ".join(f"{quoted(text, asked)} [{number}]." for number, text in best)


def quoted(text: str, asked: frozenset[str]) -> str:
    """The sentence of a passage that shares most words with the question, its full stop taken away."""
    sentences = SENTENCE.findall(text) or [text]
    best = max(sentences, key=lambda sentence: len(asked & words(sentence)))
    return " ".join(best.split()).rstrip(".!?")


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """The words of a text, in lower case."""
    return frozenset(WORD.findall(text.lower()))


def reply(body: dict[str, Any]) -> Reply:
    """What is said to one call."""
    text = answer("\n".join(str(message["content"]) for message in body["messages"]))
    if body["model"] == "instant":
        return Reply(text=text, chunk_chars=CHUNK_CHARS)
    if body.get("stream"):
        return Reply(text=text, chunk_chars=CHUNK_CHARS, first_token_s=THOUGHT_S, chunk_s=CHUNK_S)
    return Reply(text=text, first_byte_s=THOUGHT_S + len(text) / CHUNK_CHARS * CHUNK_S)


class Model(ScriptedEndpoint):
    """The scripted endpoint, served by a process of its own; it forgets requests, of which a bench makes thousands."""

    def __init__(self) -> None:
        super().__init__(self._reply_to)
        self._last: dict[str, Any] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["path"] != "/last":
            await self._app(scope, receive, send)
            return
        await JSONResponse(self._last)(scope, receive, send)

    def _reply_to(self, body: dict[str, Any]) -> Reply:
        self._last = body
        if len(self.requests) > KEPT_REQUESTS:
            self.requests.clear()
        return reply(body)


def main() -> int:
    uvicorn.run(Model(), port=int(sys.argv[1]), interface="asgi3", log_config=None, log_level="critical", lifespan="off", ws="none")
    return 0


if __name__ == "__main__":
    sys.exit(main())
