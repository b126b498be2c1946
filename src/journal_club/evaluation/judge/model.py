"""The model judge: a second opinion on points, by a chat model; a column of its own, never the gate.

Owns the asking: a versioned prompt at temperature 0, several votes, and a store of what was said, so that nothing is asked twice. A reply
that is no verdict, or whose words do not stand in the answer, is no vote, and without a majority a point is unscored: it never counts as
passed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import get_args

from journal_club.answering.answer import Answer
from journal_club.answering.prompts import Prompt
from journal_club.evaluation.cases import Point
from journal_club.evaluation.judge.opinion import Opinion
from journal_club.evaluation.judge.verdicts import Verdict
from journal_club.models.chat import Chat, Message
from journal_club.models.errors import ModelError

__all__ = ["ModelJudge"]

_VOTES = 3
_REPLY = re.compile(r"\W*(entailed|partial|contradicted|missing)\b\s*[:.\-]?\s*(.*)", re.IGNORECASE)
_VERDICTS = tuple(verdict for verdict in get_args(Verdict) if verdict != "unscored")


class ModelJudge:
    """Asks a chat model about points. Belongs to one event loop.

    Args:
        chat: the model; its temperature should be 0.
        prompt: the judge's prompt.
        store: where opinions are kept; made when it is not there.
    """

    def __init__(self, chat: Chat, prompt: Prompt, store: Path) -> None:
        self.name = f"{chat.endpoint.model}-{prompt.id}.v{prompt.version}-{_VOTES} votes"
        self._chat = chat
        self._prompt = prompt
        self._store = store
        lines = store.read_text(encoding="utf-8").splitlines() if store.exists() else []
        kept = [Opinion.model_validate_json(line) for line in lines]
        self._known = {one.key: one for one in kept}
        self._placed = {(one.key, *one.place) for one in kept}

    async def point(self, point: Point, answer: Answer, *, case: str, reader: str) -> Opinion:
        """The model's opinion of one point of a reader's answer: of the votes the one with a majority, else unscored.

        An endpoint that fails has no opinion: the point is unscored, nothing is kept, and it is asked again the next time.
        """
        shown = " ".join(one.text for one in answer.statements) or "(the question was refused)"
        rendered = self._prompt.render({"point": point.text, "answer": shown})
        key = sha256(f"{self.name}\0{self._prompt.sha256}\0{rendered.sha256}".encode()).hexdigest()
        place = {"judge": self.name, "case": case, "reader": reader, "point": point.id}
        if key not in self._known:
            messages = (Message(role="system", content=rendered.system), Message(role="user", content=rendered.user))
            try:
                replies = [await self._reply(messages, shown) for _ in range(_VOTES)]
            except ModelError:
                return Opinion(key=key, verdict="unscored", votes=(), words="", **place)
            self._known[key] = _opinion(key, replies)
        return self._kept(self._known[key].model_copy(update=place))

    def _kept(self, one: Opinion) -> Opinion:
        """The same words may be said to several readers: they are asked about once, and kept for each."""
        if (placed := (one.key, *one.place)) not in self._placed:
            self._placed.add(placed)
            with self._store.open("a", encoding="utf-8") as file:
                print(one.model_dump_json(), file=file)
        return one

    async def _reply(self, messages: Sequence[Message], shown: str) -> tuple[Verdict, str]:
        async with self._chat.draft(messages) as draft:
            said = "".join([piece async for piece in draft])
        return _vote(said, shown)


def _vote(said: str, shown: str) -> tuple[Verdict, str]:
    """A reply as a vote: what rests on words has to have them from the answer."""
    found = _REPLY.match(said)
    verdict = next((one for one in _VERDICTS if found and one == found[1].lower()), None)
    if found is None or verdict is None:
        return "unscored", ""
    words = found[2].strip(" *-:\"'“”")
    stands = bool(words) and words.casefold() in shown.casefold()
    return (verdict, words) if stands or verdict == "missing" else ("unscored", "")


def _opinion(key: str, replies: Sequence[tuple[Verdict, str]]) -> Opinion:
    votes = tuple(verdict for verdict, _ in replies)
    leading, count = Counter(votes).most_common(1)[0]
    verdict: Verdict = leading if 2 * count > len(votes) else "unscored"
    return Opinion(key=key, verdict=verdict, votes=votes, words=next((words for one, words in replies if one == verdict), ""))
