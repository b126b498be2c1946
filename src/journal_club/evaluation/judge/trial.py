"""The judge on trial: how often it sees a fault that is there, and one that is not.

Owns the matrix of the judge's alarms, and the test by the page's own key responses. An alarm is a statement that the paper or the cited
passage does not carry, or a point that the answer no longer holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter

from journal_club.answering.answer import Answer, Citation, Statement
from journal_club.answering.verification.verifier import Verifier, verifier_of
from journal_club.evaluation.cases import Case, Cases
from journal_club.evaluation.interval import wilson
from journal_club.evaluation.judge.offline import OfflineJudge
from journal_club.evaluation.judge.presented import JUDGED, JudgedKind, Presented
from journal_club.evaluation.section import Section, table
from journal_club.library.passages import passages_of
from journal_club.paper.model import Origin
from journal_club.paper.names import Names
from journal_club.paper.sentences import sentences

__all__ = ["Alarms", "KeyResponses", "alarms", "is_sound", "judge_section", "key_responses"]


@dataclass(frozen=True, kw_only=True)
class Alarms:
    """Of the answers of one kind, how many raised an alarm; `sentences` is from how many true sentences they were made."""

    kind: JudgedKind
    raised: int
    of: int
    sentences: int

    @property
    def reached(self) -> bool:
        """Whether the share is as good as the target; nothing counted is nothing reached."""
        return self.of > 0 and self.kind.is_reached(self.raised / self.of)


@dataclass(frozen=True, kw_only=True)
class KeyResponses:
    """The page's key responses, judged against their own points.

    Attributes:
        held: points found entailed, of those that are not disputed.
        missed: the others, by case and point.
        disputed: disputed points whose sentence the judge finds the page to contradict.
        point_ms: median time of a point, milliseconds.
    """

    held: int
    of: int
    missed: tuple[str, ...]
    disputed: int
    disputed_of: int
    point_ms: float


def alarms(answers: Iterable[tuple[JudgedKind, Presented]]) -> tuple[Alarms, ...]:
    """Judge every answer, and count its alarms by kind."""
    raised: dict[str, list[tuple[bool, str]]] = {kind.name: [] for kind in JUDGED}
    for kind, one in answers:
        raised[kind.name].append((_alarm(kind, one), one.point))
    return tuple(_counted(kind, raised[kind.name]) for kind in JUDGED)


def _counted(kind: JudgedKind, found: Sequence[tuple[bool, str]]) -> Alarms:
    return Alarms(kind=kind, raised=sum(alarm for alarm, _ in found), of=len(found), sentences=len({sentence for _, sentence in found}))


def is_sound(found: Iterable[Alarms]) -> bool:
    """Whether the judge may judge: every kind was drawn, and reaches its target."""
    return all(one.reached for one in found)


def _alarm(kind: JudgedKind, one: Presented) -> bool:
    judge = _judge_of(one.passage)
    answer = _answer(one.said, [one.cited] * len(one.said))
    verdicts = judge.statements(answer)
    if any(not verdict.supported or not verdict.cited for verdict in verdicts):
        return True
    return kind.whole and judge.holds(one.point, answer.statements) is None


@lru_cache(maxsize=64)
def _judge_of(passage: str) -> OfflineJudge:
    names = Names.of([passage])
    return OfflineJudge(verifier_of([passage]), names)


def _answer(said: Sequence[str], cited: Sequence[str]) -> Answer:
    """An answer of these sentences, each citing its own text."""
    text, statements = "", []
    for number, one in enumerate(said, start=1):
        shown = f"{one} [{number}]"
        start = len(text) + bool(text)
        text = f"{text} {shown}".strip()
        statements.append(
            Statement(
                text=shown,
                start_index=start,
                end_index=start + len(shown),
                basis="trial",
                citations=(number,),
                verdict="supported",
                checks=(),
            )
        )
    citations = tuple(_citation(number, words) for number, words in enumerate(cited, start=1))
    return Answer(
        id="",
        paper_id="",
        question="",
        persona="",
        mode="generated",
        text=text,
        statements=tuple(statements),
        citations=citations,
        retrieved=(),
        withheld=(),
        conflicts=(),
        abstention=None,
        notice="",
        usage={},
        timings_ms={},
        trace={},
    )


def _citation(number: int, words: str) -> Citation:
    return Citation(
        number=number,
        passage_id="",
        section="",
        origin=Origin.TRIAL,
        cited_text=words,
        start_char_index=0,
        end_char_index=len(words),
    )


def key_responses(papers: Iterable[Cases]) -> KeyResponses:
    """Judge the pages' key responses against the points that were cut from them, less those of cases that are held back."""
    held: dict[str, bool] = {}
    disputed: list[bool] = []
    times: list[float] = []
    for judge, case, said in (one for cases in papers for one in _responses(cases)):
        for point in case.points:
            if point.disputed:
                disputed.append(any(one.contradicted for one in judge.statements(said)))
                continue
            begun = perf_counter()
            verdict = judge.point(point, said.statements, ())
            times.append(1000 * (perf_counter() - begun))
            held[f"{case.id} {point.id}"] = verdict.verdict == "entailed"
    return KeyResponses(
        held=sum(held.values()),
        of=len(held),
        missed=tuple(name for name, is_held in held.items() if not is_held),
        disputed=sum(disputed),
        disputed_of=len(disputed),
        point_ms=sorted(times)[len(times) // 2] if times else 0.0,
    )


def _responses(cases: Cases) -> Iterator[tuple[OfflineJudge, Case, Answer]]:
    """The cases of discussion items, each with its key response as an answer, and the judge of its page."""
    passages = passages_of(cases.page, cases.paper)
    names = Names.of(passage.text for passage in passages)
    judge = OfflineJudge(Verifier(passages, names), names)
    items = {item.persona: item.key_response for item in cases.page.discussion}
    for case in cases.cases:
        if not case.held_back and (response := items.get(case.item or "")):
            said = [one.text for one in sentences(response.text)]
            yield judge, case, _answer(said, said)


def judge_section(found: Sequence[Alarms], keys: KeyResponses) -> Section:
    """The matrix as a person reads it."""
    rows = [_row(one) for one in found]
    return Section(
        title="The judge, judged",
        lines=(
            f"Key responses against their own points: {keys.held} of {keys.of} held; a point takes {keys.point_ms:.1f} ms (median).",
            f"Disputed points seen as contradicted: {keys.disputed} of {keys.disputed_of}.",
            *(f"Missed: {name}." for name in keys.missed),
            "",
            *table(("kind", "alarm is", "target", "n", "sentences", "share", "95 % interval", "reached"), rows),
        ),
    )


def _row(one: Alarms) -> tuple[str, ...]:
    low, high = wilson(one.raised, one.of)
    share = one.raised / one.of if one.of else 0.0
    sign = ">=" if one.kind.harmful else "<="
    meant = "right" if one.kind.harmful else "false"
    reached = "**not drawn**" if not one.of else "yes" if one.reached else "**no**"
    return (
        one.kind.name,
        meant,
        f"{sign} {one.kind.target:.1%}",
        str(one.of),
        str(one.sentences),
        f"{share:.1%}",
        f"{low:.1%} to {high:.1%}",
        reached,
    )
