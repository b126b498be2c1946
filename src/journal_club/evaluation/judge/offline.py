"""The offline judge: points and statements read by verification itself, without a model: the same bytes every time.

Owns the judgement of one answer. A point is held against the answer's statements, as a sentence against its source; a statement is held
against the paper, and against what it cites alone. Contradiction is not omission: a point is contradicted only by a statement that the
paper does not carry either.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from journal_club.answering.answer import Answer, Statement
from journal_club.answering.citations import parse_marks
from journal_club.answering.verification.verifier import Verification, Verifier, verifier_of, verify_pair
from journal_club.evaluation.cases import Point
from journal_club.evaluation.judge.verdicts import PointVerdict, Span, StatementVerdict, Verdict
from journal_club.evaluation.manifest import hash_of_files
from journal_club.evaluation.worst import worst
from journal_club.paper.names import Names
from journal_club.paper.sentences import sentences
from journal_club.paper.words import STOP_WORDS, words
from journal_club.statistics.notation import read_statistics
from journal_club.statistics.statistic import Measure

__all__ = ["OfflineJudge", "offline_version"]

_PACKAGE = Path(__file__).resolve().parents[2]
_JUDGING = ("evaluation/judge", "answering/verification", "statistics")
"""The rooms whose sources decide a verdict."""
_PARTIAL = 0.5
"""Share of a point's words in one statement from which on it is partly there."""
_RESTATED = 0.9
"""Share of a sentence's words that another has which only rounds or converts a number."""
_PASSED = frozenset({"supported", "derived"})


@cache
def offline_version() -> str:
    """The judge's name and version, which changes with every change of what judges."""
    files = [path for room in _JUDGING for path in (_PACKAGE / room).rglob("*.py")]
    return f"offline-{hash_of_files(files, _PACKAGE)}"


class OfflineJudge:
    """Judges answers on one paper. Thread-safe, deterministic, silent on the network.

    Args:
        verifier: the paper's, its key responses left out.
        names: the names that the paper equates.
    """

    def __init__(self, verifier: Verifier, names: Names) -> None:
        self._verifier = verifier
        self._names = names

    @property
    def name(self) -> str:
        """Name and version."""
        return offline_version()

    def sentence(self, text: str) -> tuple[str, str]:
        """What the page makes of a text that somebody wrote of it: the worst verdict on its sentences, and the reason."""
        return worst(self._verifier.verify_text(one.text) for one in sentences(text))

    def statements(self, answer: Answer) -> tuple[StatementVerdict, ...]:
        """What each shown statement rests on, in order."""
        return tuple(self._statement(one, answer) for one in answer.statements)

    def points(self, points: Sequence[Point], answer: Answer) -> tuple[PointVerdict, ...]:
        """What the answer makes of each point, in order."""
        said = [one for one in answer.statements if one.verdict != "background"]
        sound = self.statements(answer.model_copy(update={"statements": tuple(said)}))
        doubtful = [one for one, verdict in zip(said, sound, strict=True) if not verdict.supported]
        return tuple(self._tried(point, said, doubtful) for point in points)

    def _tried(self, point: Point, said: Sequence[Statement], doubtful: Sequence[Statement]) -> PointVerdict:
        """A point that cannot be read is unscored, and says why; the others are read all the same."""
        try:
            return self.point(point, said, doubtful)
        except Exception as error:
            return _verdict(point, "unscored", None, f"the judge failed: {type(error).__name__}: {error}")

    def point(self, point: Point, said: Sequence[Statement], doubtful: Sequence[Statement]) -> PointVerdict:
        """What statements make of one point.

        Args:
            point: the point.
            said: the statements of an answer.
            doubtful: those of them that the paper does not carry, which alone can contradict it.
        """
        for one in said:
            if words_ := next((words_ for words_ in point.evidence if _folded(words_) in _folded(one.text)), ""):
                return _verdict(point, "entailed", one, f"says “{words_}”")
        if held := self.holds(point.text, said):
            return _verdict(point, "entailed", *held)
        for one in doubtful:
            verification = self.against(point.text, (one,))
            if verification.verdict == "contradicted":
                return _verdict(point, "contradicted", one, verification.reason)
        shares = [_share(point.text, one.text) for one in said]
        if shares and max(shares) >= _PARTIAL:
            return _verdict(point, "partial", said[shares.index(max(shares))], f"{max(shares):.0%} of its words")
        return _verdict(point, "missing", None, "no statement holds it")

    def holds(self, text: str, said: Sequence[Statement]) -> tuple[Statement, str] | None:
        """The statement that holds a sentence, and the rule; None for none.

        The sentence is verified as one whose source is the statement. A statement that only rounds or converts the sentence's numbers is
        verified against the sentence, and must say all of its words.
        """
        text = parse_marks(text).bare
        for one in said:
            if (verification := self.against(text, (one,))).verdict in _PASSED:
                return one, f"{verification.verdict} by this statement"
        if len(said) > 1 and (verification := self.against(text, said)).verdict in _PASSED:
            return said[0], f"{verification.verdict} by the statements together"
        restated = next((one for one in said if _restates(parse_marks(one.text).bare, text)), None)
        return (restated, "says it with its numbers rounded or converted") if restated else None

    def against(self, text: str, said: Sequence[Statement]) -> Verification:
        """A sentence verified as one whose source are these statements."""
        return _verifier_of(tuple(parse_marks(one.text).bare for one in said), self._names).verify_text(text)

    def _statement(self, one: Statement, answer: Answer) -> StatementVerdict:
        span = Span(start=one.start_index, end=one.end_index)
        if one.verdict == "background":
            return StatementVerdict(
                answer_span=span, supported=None, contradicted=False, cited=True, precise=(0, 0), statistics=(0, 0), reason=""
            )
        bare = parse_marks(one.text).bare
        whole = self._verifier.verify_text(bare)
        cited = [answer.citations[number - 1].cited_text for number in one.citations]
        carried = _carries(bare, cited)
        numbers = sum(one.certain for one in read_statistics(bare))
        wrong = sum(check.kind == "statistic" and not check.passed for check in whole.checks)
        return StatementVerdict(
            answer_span=span,
            supported=whole.verdict in (*_PASSED, "no_claim"),
            contradicted=whole.verdict == "contradicted",
            cited=carried,
            precise=(sum(_is_needed(bare, cited, place) for place in range(len(cited))) if carried else 0, len(cited)),
            statistics=(max(0, numbers - wrong), numbers),
            reason="" if whole.verdict in _PASSED else whole.reason,
        )


@lru_cache(maxsize=512)
def _verifier_of(texts: tuple[str, ...], names: Names) -> Verifier:
    return verifier_of(texts, names=names, at_once=False)


def _carries(bare: str, cited: Sequence[str]) -> bool:
    return bool(cited) and (
        any(_folded(bare) in _folded(text) for text in cited) or verify_pair(bare, cited).verdict in (*_PASSED, "no_claim")
    )


def _is_needed(bare: str, cited: Sequence[str], place: int) -> bool:
    """Whether a citation carries the sentence alone, or the others do not without it."""
    return len(cited) == 1 or _carries(bare, [cited[place]]) or not _carries(bare, [*cited[:place], *cited[place + 1 :]])


def _restates(statement: str, text: str) -> bool:
    """Whether a statement is derived from a sentence, and has as many numbers and nearly all of its words."""
    owed = sum(one.measure is not Measure.TOTAL for one in read_statistics(text))
    if len(read_statistics(statement)) < owed or _share(text, statement) < _RESTATED:
        return False
    return verify_pair(statement, [text]).verdict == "derived"


def _verdict(point: Point, verdict: Verdict, one: Statement | None, rule: str) -> PointVerdict:
    span = None if one is None else Span(start=one.start_index, end=one.end_index)
    return PointVerdict(point=point.id, verdict=verdict, answer_span=span, rule=rule)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _share(point: str, text: str) -> float:
    """The share of the point's content words, numbers apart, that a statement has."""
    wanted, held = _content(point), _content(text)
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _content(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.text.casefold() not in STOP_WORDS and not word.text[:1].isdigit())
