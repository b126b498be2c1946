"""The model judge: a second opinion on points, by a chat model; a column of its own, never the gate.

Owns the asking: a versioned prompt at temperature 0, several votes, and a store of what was said, so that nothing is asked twice. A reply
that is no verdict, or whose words do not stand in the answer, is no vote, and without a majority a point is unscored: it never counts as
passed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict

from journal_club.answering.answer import Answer
from journal_club.answering.prompts import Prompt
from journal_club.evaluation.cases import Point
from journal_club.evaluation.judge.verdicts import Verdict
from journal_club.models.chat import Chat, Message
from journal_club.models.errors import ModelError

__all__ = ["Agreement", "ModelJudge", "Opinion", "agreement"]

_VOTES = 3
_REPLY = re.compile(r"\W*(entailed|partial|contradicted|missing)\b\s*[:.\-]?\s*(.*)", re.IGNORECASE)
_VERDICTS = tuple(verdict for verdict in get_args(Verdict) if verdict != "unscored")


class Opinion(BaseModel):
    """What a model says of one point.

    Attributes:
        key: hash of everything that was asked: model, prompt, point and answer.
        votes: the verdicts, one a call; a reply that is none is `unscored`.
        words: what the first vote for the verdict quotes of the answer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    verdict: Verdict
    votes: tuple[Verdict, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How far two judges agree on the same points.

    Attributes:
        kappa: Cohen's kappa (J. Cohen, Educ Psychol Meas 1960;20:37-46); 1 where both give one verdict to all.
    """

    of: int
    equal: int
    kappa: float
    unscored: int


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
        self._known = {one.key: one for one in map(Opinion.model_validate_json, lines)}

    async def point(self, point: Point, answer: Answer) -> Opinion:
        """The model's opinion of one point: of the votes the one with a majority, else unscored."""
        shown = " ".join(one.text for one in answer.statements) or "(the question was refused)"
        rendered = self._prompt.render({"point": point.text, "answer": shown})
        key = sha256(f"{self.name}\0{self._prompt.sha256}\0{rendered.sha256}".encode()).hexdigest()
        if key not in self._known:
            messages = (Message(role="system", content=rendered.system), Message(role="user", content=rendered.user))
            replies = [await self._reply(messages, shown) for _ in range(_VOTES)]
            self._known[key] = _opinion(key, replies)
            with self._store.open("a", encoding="utf-8") as file:
                print(self._known[key].model_dump_json(), file=file)
        return self._known[key]

    async def _reply(self, messages: Sequence[Message], shown: str) -> tuple[Verdict, str]:
        try:
            async with self._chat.draft(messages) as draft:
                said = "".join([piece async for piece in draft])
        except ModelError:
            return "unscored", ""
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


def agreement(pairs: Iterable[tuple[Verdict, Verdict]]) -> Agreement:
    """How far the verdicts of two judges agree; what one of them could not score is counted apart."""
    known = list(pairs)
    scored = [(one, other) for one, other in known if "unscored" not in (one, other)]
    equal = sum(one == other for one, other in scored)
    total = max(len(scored), 1)
    ours, theirs = Counter(one for one, _ in scored), Counter(other for _, other in scored)
    chance = sum(ours[name] * theirs[name] for name in ours) / total**2
    kappa = 1.0 if chance == 1 else (equal / total - chance) / (1 - chance)
    return Agreement(of=len(scored), equal=equal, kappa=kappa, unscored=len(known) - len(scored))
