"""The judge: what an answer holds, by the same rules every time; and the judge itself on trial."""

from collections.abc import Sequence
from pathlib import Path

import anyio
import pytest

from journal_club.answering.answer import Answer, Citation, Statement
from journal_club.answering.personas import Personas
from journal_club.answering.prompts import load_prompt
from journal_club.answering.verification.verifier import Verifier
from journal_club.evaluation.cases import Case
from journal_club.evaluation.contract import contract_of
from journal_club.evaluation.judge.model import ModelJudge
from journal_club.evaluation.judge.offline import OfflineJudge
from journal_club.evaluation.judge.opinion import OPINIONS, agreement, read_opinions
from journal_club.evaluation.judge.presented import JUDGED, presented
from journal_club.evaluation.judge.trial import alarms, is_sound
from journal_club.evaluation.perturbation.sample import samples
from journal_club.evaluation.perturbation.trials import read_trials
from journal_club.evaluation.scoring import CaseResult, Page, score
from journal_club.evaluation.summary import summarise
from journal_club.library.passages import passages_of
from journal_club.models.chat import open_chat
from journal_club.paper.model import Paper
from journal_club.paper.names import Names
from journal_club.paper.reading import read_paper
from journal_club.settings import ChatSettings
from tests.conftest import ROOT
from tests.scripted_endpoint import ScriptedEndpoint

OS = (
    "Overall survival (OS) was significantly improved with cilta-cel, with a median OS not reached in the cilta-cel group compared to not "
    "reached (95% CI 37.7 months to not evaluable) in the standard-of-care group (HR 0.55; 95% CI 0.39–0.79; p=0.0009)."
)
READER = Personas.load(ROOT / "prompts" / "personas").get("fellow")
OWED = Case.model_validate(
    {
        "id": "owed",
        "kind": "fact",
        "question": "What was the hazard ratio for overall survival?",
        "readers": ["fellow"],
        "points": [
            {
                "id": "value",
                "text": "The hazard ratio for overall survival was 0.55 (95% CI 0.39 to 0.79).",
                "weight": "vital",
                "kind": "number",
                "evidence": ["HR 0.55; 95% CI 0.39–0.79"],
            },
            {
                "id": "direction",
                "text": "Cilta-cel improved overall survival.",
                "weight": "okay",
                "kind": "direction",
                "evidence": ["Overall survival (OS) was significantly improved with cilta-cel"],
            },
        ],
    }
)


@pytest.fixture(scope="module")
def paper(seed_text: str) -> Paper:
    return read_paper(seed_text)


@pytest.fixture(scope="module")
def judge(paper: Paper) -> OfflineJudge:
    passages = passages_of(paper, "cartitude-4")
    names = Names.of(passage.text for passage in passages)
    return OfflineJudge(Verifier(passages, names), names)


def answer_of(paper: Paper, *said: str, cited: str = OS, refused: bool = False) -> Answer:
    """An answer of these sentences, each citing the same words of the page."""
    text, statements = "", []
    for one in said:
        shown = f"{one} [1]"
        start = len(text) + bool(text)
        text = f"{text} {shown}".strip()
        statements.append(
            Statement(
                text=shown, start_index=start, end_index=start + len(shown), basis="trial", citations=(1,), verdict="supported", checks=()
            )
        )
    place = paper.source_text.index(cited)
    citation = Citation(
        number=1,
        passage_id="p",
        section="key_findings",
        origin="trial",
        cited_text=cited,
        start_char_index=place,
        end_char_index=place + len(cited),
    )
    values: dict[str, object] = {
        "id": "", "paper_id": "", "question": "", "persona": "", "mode": "abstained" if refused else "generated", "text": text,
        "statements": statements, "citations": [citation] if said else [], "retrieved": [], "withheld": [], "conflicts": [],
        "abstention": None, "notice": "", "usage": {}, "timings_ms": {}, "trace": {},
    }  # fmt: skip
    return Answer.model_validate(values)


def scored(judge: OfflineJudge, paper: Paper, answer: Answer) -> CaseResult:
    contract = contract_of(answer, reader=READER, names=Names.of([]))
    page = Page(source_text=paper.source_text, passages={}, origins={})
    return score(OWED, "fellow", OWED.question or "", answer, judge=judge, page=page, contract=contract)


def verdicts(result: CaseResult) -> list[str]:
    return [point.verdict for point in result.points]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([OS], ["entailed", "entailed"]),
        (["The OS hazard ratio was 0.55 (95% CI 0.39-0.79), in favour of cilta-cel."], ["entailed", "entailed"]),
        (["Cilta-cel improved OS; the hazard ratio was 0.55 (95% CI 0.39 to 0.79)."], ["entailed", "entailed"]),
        (["Cilta-cel improved overall survival (HR 0.45; 95% CI 0.39 to 0.79)."], ["contradicted", "entailed"]),
        (["Overall survival was worse with cilta-cel (HR 0.55)."], ["missing", "contradicted"]),
        (["The trial was open-label."], ["missing", "missing"]),
    ],
)
def test_a_point_is_read_in_an_answer(judge: OfflineJudge, paper: Paper, said: Sequence[str], expected: list[str]):
    assert verdicts(scored(judge, paper, answer_of(paper, *said))) == expected


def test_every_verdict_points_into_the_answer(judge: OfflineJudge, paper: Paper):
    answer = answer_of(paper, "The trial was open-label.", OS)
    for point in scored(judge, paper, answer).points:
        assert answer.text[point.start : point.end] == f"{OS} [1]"


def test_what_an_answer_cites_must_carry_it(judge: OfflineJudge, paper: Paper):
    right, wrong = judge.statements(answer_of(paper, OS))[0], judge.statements(answer_of(paper, "The trial was open-label."))[0]
    assert (right.supported, right.cited, right.precise) == (True, True, (1, 1))
    assert (wrong.supported, wrong.cited) == (True, False)


def test_a_wrong_number_is_counted(judge: OfflineJudge, paper: Paper):
    (found,) = judge.statements(answer_of(paper, "The hazard ratio for overall survival was 0.45."))
    assert (found.supported, found.contradicted, found.statistics) == (False, True, (0, 1))


@pytest.mark.parametrize(
    ("said", "refused"),
    [([], True), ([], False), (["What was the hazard ratio for overall survival?"], False)],
    ids=["refused", "empty", "copied"],
)
def test_an_answer_that_says_nothing_holds_no_point(judge: OfflineJudge, paper: Paper, said: Sequence[str], *, refused: bool):
    result = scored(judge, paper, answer_of(paper, *said, refused=refused))
    assert set(verdicts(result)) <= {"missing", "partial"}
    assert summarise([result], ()).column("facts right, right passage cited").hits == 0
    assert summarise([result], ()).column("answerable questions refused").hits == int(refused)


def test_the_longest_answer_buys_nothing_back(judge: OfflineJudge, paper: Paper):
    everything = [passage.text for passage in passages_of(paper, "cartitude-4") if passage.section == "key_findings"]
    result = scored(judge, paper, answer_of(paper, *everything, "The hazard ratio for overall survival was 0.45."))
    summary = summarise([result], ())
    assert summary.column("points recalled").share == 1
    assert summary.column("statements contradicted").hits == 1
    assert (summary.column("statements carried by what they cite").share or 0) < 0.5


TRIAL = (
    "In this double-blind trial, 240 adults with migraine received rotiline or placebo. "
    "At 12 weeks, the mean pain score was 3.4 points with rotiline and 5.2 points with placebo (p=0.003). "
    "The risk of relapse was significantly lower in the rotiline group than in the placebo group (HR 0.62; 95% CI 0.45 to 0.85; p=0.004). "
    "Nausea occurred in 18 of 120 patients in the rotiline group (15%) and in 9 of 120 patients in the placebo group (7.5%). "
    "Rotiline may reduce the number of headache days in patients with migraine, although the follow-up was short. "
    "After 24 weeks, response rates increased significantly with rotiline compared with placebo (48.5% vs 31.2%; p<0.001)."
)


def test_the_judge_sees_what_is_wrong_and_leaves_what_is_right(tmp_path: Path):
    for number, drug in enumerate(("rotiline", "velacoxan", "mirabrol")):
        (tmp_path / f"{number}.txt").write_text(TRIAL.replace("rotiline", drug).replace("Rotiline", drug.capitalize()), encoding="utf-8")
    drawn = [sample for trial in read_trials(tmp_path) for sample in samples(trial)]
    found = alarms(presented(drawn, most=12, seed=1))
    assert sum(one.of for one in found) > 100
    assert {one.kind.name for one in found if one.of} >= {"caveat dropped", "wrong citation", "hedge removed", "arms swapped", "converted"}
    harmful = [one for one in found if one.kind.harmful]
    assert sum(one.raised for one in harmful) / sum(one.of for one in harmful) >= 0.95
    assert sum(one.raised for one in found if not one.kind.harmful) == 0


def test_a_sentence_is_changed_in_several_ways_where_there_are_few(tmp_path: Path):
    (tmp_path / "one.txt").write_text(TRIAL, encoding="utf-8")
    drawn = [sample for trial in read_trials(tmp_path) for sample in samples(trial)]
    once, often = ([made for _, made in presented(drawn, most=12, seed=1, rounds=rounds)] for rounds in (1, 8))
    assert often[: len(once)] == once
    kinds = [(kind.name, made) for kind, made in presented(drawn, most=12, seed=1, rounds=8)]
    assert len(set(kinds)) == len(kinds)
    invented = [made for name, made in kinds if name == "% reduction that does not follow"]
    assert len(invented) > len({made.point for made in invented}) == 1


def test_a_judge_that_was_never_tried_on_a_kind_is_not_sound():
    assert not is_sound(alarms([]))


def test_every_kind_of_the_statistics_is_asked_of_the_judge_too():
    assert len(JUDGED) == len({kind.name for kind in JUDGED}) >= 28


def test_two_judges_agree_as_far_as_they_do():
    found = agreement([("entailed", "entailed"), ("missing", "missing"), ("missing", "entailed"), ("missing", "unscored")])
    assert (found.of, found.equal, found.unscored) == (3, 2, 1)
    assert found.kappa == pytest.approx(0.4)
    assert agreement([("entailed", "entailed")]).kappa == 1


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("entailed: HR 0.55", "entailed"),
        ("**Contradicted** - 0.55", "contradicted"),
        ("contradicted: 0.45", "unscored"),
        ("entailed:", "unscored"),
        ("missing:", "missing"),
        ("I would say so.", "unscored"),
        ("", "unscored"),
    ],
)
def test_a_models_opinion_is_a_verdict_or_unscored_and_asked_once(paper: Paper, tmp_path: Path, reply: str, verdict: str):
    prompt = load_prompt(ROOT / "prompts" / "judge.v2.md")
    answer = answer_of(paper, OS)

    async def opinions() -> list[str]:
        settings = ChatSettings.model_validate({"endpoint": "compatible", "base_url": server.base_url, "model": "judge"})
        chat = open_chat(settings, tmp_path)
        assert chat
        try:
            # The second judge reads what the first one stored.
            asked = (ModelJudge(chat, prompt, tmp_path / OPINIONS).point for _ in range(2))
            return [(await point(OWED.points[0], answer, case="owed", reader="fellow")).verdict for point in asked]
        finally:
            await chat.aclose()

    with ScriptedEndpoint(reply) as server:
        assert anyio.run(opinions) == [verdict, verdict]
        # An empty reply is a failure of the endpoint, which has no opinion: it is asked again, and nothing is kept.
        assert len(server.chats) == (3 if reply else 2)
    kept = {place: one.verdict for place, one in read_opinions(tmp_path).items()}
    assert kept == ({("owed", "fellow", "value"): verdict} if reply else {})


def test_a_learner_gets_abbreviations_spelled_out_and_everybody_their_length(paper: Paper):
    names = Names.of(["Overall survival (OS) was improved. Progression-free survival (PFS) was not reached."])
    short = answer_of(paper, "OS and PFS were improved.").model_copy(update={"persona": "medical_student"})
    long = answer_of(paper, "Overall survival (OS) was improved, PFS too.").model_copy(update={"persona": "medical_student"})
    assert contract_of(short, reader=READER, names=names).spelled == (0, 2)
    assert contract_of(long, reader=READER, names=names).spelled == (1, 2)
    assert contract_of(answer_of(paper, "OS was improved."), reader=READER, names=names).spelled == (0, 0)
    assert not contract_of(answer_of(paper, OS, OS), reader=READER.model_copy(update={"max_sentences": 1}), names=names).fits


def test_the_reading_level_grows_with_words_and_syllables(paper: Paper):
    def grade(said: str) -> float:
        return contract_of(answer_of(paper, said), reader=READER, names=Names.of([])).grade or 0

    assert grade("The drug cut the risk of death.") < grade(OS)


def test_a_promised_topic_is_spoken_of_or_not(paper: Paper):
    assert contract_of(answer_of(paper, OS), reader=READER, names=Names.of([])).topics[0] >= 1
    assert contract_of(answer_of(paper), reader=READER, names=Names.of([])).topics == (0, len(READER.must_address))


def test_a_refusal_whose_nearest_quote_holds_the_fact_is_not_right(judge: OfflineJudge, paper: Paper):
    refused = summarise([scored(judge, paper, answer_of(paper, OS, refused=True))], ())
    assert refused.column("facts right, right passage cited").hits == 0
    answered = summarise([scored(judge, paper, answer_of(paper, OS))], ())
    assert answered.column("facts right, right passage cited").hits == 1
