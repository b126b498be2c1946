"""Opinion: what a chat model says of one point of a stored run, kept beside it; a column of its own, never the gate.

Owns the record, its file in the run's folder, and how far the model agrees with the offline judge.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from journal_club.evaluation.judge.verdicts import Verdict

__all__ = ["OPINIONS", "Agreement", "Opinion", "agreement", "read_opinions"]

OPINIONS = "opinions.jsonl"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Opinion(_Record):
    """What a model says of one point.

    Attributes:
        key: hash of everything that was asked: model, prompt, point and answer.
        judge: the model, its prompt and its votes, by name.
        case: whose point it is; with reader and point, empty in files of before they were kept.
        votes: the verdicts, one a call; a reply that is none is `unscored`.
        words: what the first vote for the verdict quotes of the answer.
    """

    key: str
    judge: str = ""
    case: str = ""
    reader: str = ""
    point: str = ""
    verdict: Verdict
    votes: tuple[Verdict, ...]
    words: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Case, reader and point."""
        return self.case, self.reader, self.point


class Agreement(_Record):
    """How far two judges agree on the same points.

    Attributes:
        judge: the model that was asked, by name.
        kappa: Cohen's kappa (J. Cohen, Educ Psychol Meas 1960;20:37-46); 1 where both give one verdict to all.
    """

    judge: str = ""
    of: int
    equal: int
    kappa: float
    unscored: int


def read_opinions(folder: Path) -> dict[tuple[str, str, str], Opinion]:
    """The opinions that lie in a run's folder, by case, reader and point: those of the model that was asked last."""
    path = folder / OPINIONS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    known = [one for one in map(Opinion.model_validate_json, lines) if one.case]
    return {one.place: one for one in known if one.judge == known[-1].judge}


def agreement(pairs: Iterable[tuple[Verdict, Verdict]], *, judge: str = "") -> Agreement:
    """How far the verdicts of two judges agree; what one of them could not score is counted apart."""
    known = list(pairs)
    scored = [(one, other) for one, other in known if "unscored" not in (one, other)]
    equal = sum(one == other for one, other in scored)
    total = max(len(scored), 1)
    ours, theirs = Counter(one for one, _ in scored), Counter(other for _, other in scored)
    chance = sum(ours[name] * theirs[name] for name in ours) / total**2
    kappa = 1.0 if chance == 1 else (equal / total - chance) / (1 - chance)
    return Agreement(judge=judge, of=len(scored), equal=equal, kappa=kappa, unscored=len(known) - len(scored))
