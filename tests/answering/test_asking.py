"""One question all the way: what a model drafts is shown only when the text carries it."""

import anyio
import pytest

from journal_club.answering.answer import Answer
from journal_club.answering.case import Ask
from journal_club.answering.personas import UnknownPersonaError
from journal_club.answering.thread import Turn
from journal_club.club import JournalClub
from journal_club.library.errors import UnknownPaperError
from tests.clubs import all_events, answer_of
from tests.scripted_endpoint import Reply, ScriptedEndpoint

HR = "What was the hazard ratio for overall survival?"


def number_of(body: dict, words: str) -> int:
    """The number under which the prompt offers the passage that holds these words."""
    line = next(line for line in body["messages"][0]["content"].splitlines() if words in line and line.startswith("["))
    return int(line[1 : line.index("]")])


def citing(sentence: str, words: str = "(HR 0.55"):
    """A script that says a sentence and cites the passage that holds the words."""
    return lambda body: sentence.replace("[n]", f"[{number_of(body, words)}]")


def shown(answer: Answer) -> str:
    return " ".join(statement.text for statement in answer.statements)


def test_a_draft_that_the_text_carries_is_shown_with_the_sentence_it_rests_on(club: JournalClub, seed_text: str):
    answer = answer_of(club, citing("Overall survival favoured cilta-cel (HR 0.55; 95% CI 0.39–0.79) [n]."), HR)
    assert answer.mode == "generated"
    citation = answer.citations[0]
    assert "HR 0.55" in citation.cited_text
    assert seed_text[citation.start_char_index : citation.end_char_index] == citation.cited_text


def test_an_invented_hazard_ratio_is_withheld_and_the_reason_names_both_values(club: JournalClub):
    answer = answer_of(club, citing("OS was improved (HR 0.45; p=0.0009) [n]."), HR)
    assert "0.45" not in answer.text
    assert "0.45" in answer.withheld[0].reason
    assert "0.55" in answer.withheld[0].reason


def test_when_no_sentence_survives_the_texts_own_words_answer(club: JournalClub):
    answer = answer_of(club, citing("OS was improved (HR 0.45) [n]."), HR)
    assert answer.mode == "extractive"
    assert "0.55" in shown(answer)


@pytest.mark.parametrize(
    "draft",
    [
        "Overall survival was improved [42].",
        "Overall survival was improved [placebo].",
        "The double-blind trial improved overall survival [n].",
        "Cilta-cel binds two BCMA domains and improved overall survival [n].",
        'The page says "overall survival doubled in every patient" [n].',
    ],
)
def test_what_the_cited_text_does_not_carry_is_never_shown(club: JournalClub, draft: str):
    answer = answer_of(club, citing(draft), HR)
    assert [withheld.text for withheld in answer.withheld]
    assert answer.mode == "extractive"


def test_a_sentence_without_a_mark_cites_the_sentence_that_carries_it(club: JournalClub):
    answer = answer_of(club, "Overall survival favoured cilta-cel (HR 0.55). Overall survival favoured cilta-cel (HR 0.45).", HR)
    assert [statement.citations for statement in answer.statements] == [(1,)]
    assert "HR 0.55" in answer.citations[0].cited_text
    assert "0.45" in answer.withheld[0].text


def test_a_stream_that_is_cut_keeps_what_was_verified_and_says_so(club: JournalClub):
    def script(body: dict) -> Reply:
        return Reply(
            text=citing("Overall survival favoured cilta-cel (HR 0.55) [n]. And then there was")(body), chunk_chars=4, cut_after=18
        )

    answer = answer_of(club, script, HR)
    assert answer.mode == "generated"
    assert "0.55" in answer.text
    assert answer.trace["degraded"]


@pytest.mark.parametrize(
    "reply", [Reply(status=401), Reply(status=500), Reply(status=429), Reply(text=""), Reply(bad_json_after=0, text="x")]
)
def test_a_model_that_fails_leaves_the_texts_own_words(club: JournalClub, reply: Reply):
    answer = answer_of(club, reply, HR)
    assert (answer.mode, bool(answer.trace["degraded"])) == ("extractive", True)
    assert "0.55" in shown(answer)


def test_a_refused_question_never_reaches_the_model(club: JournalClub):
    calls: list[int] = []
    answer = answer_of(club, "x", "Should my mother, who is 82, have cilta-cel?", seen=lambda server: calls.append(len(server.chats)))
    assert calls == [0]
    assert answer.abstention
    assert answer.abstention.reason == "patient_specific"


def test_what_the_model_says_is_absent_becomes_a_partial_abstention(club: JournalClub):
    draft = "Overall survival favoured cilta-cel (HR 0.55) [n].\nNOT REPORTED: the dose of fludarabine"
    answer = answer_of(club, citing(draft), "What was the hazard ratio for overall survival, and what was the dose of fludarabine?")
    assert answer.abstention
    assert answer.abstention.partial
    assert any("fludarabine" in phrase for phrase in answer.abstention.looked_for)


@pytest.mark.parametrize("absence", ["the dose of fludarabine", "limitations that the text itself names", "comparator and its relevance"])
def test_a_model_that_declares_absent_what_nobody_asked_is_not_heard(club: JournalClub, absence: str):
    draft = f"Overall survival favoured cilta-cel (HR 0.55) [n].\nNOT REPORTED: {absence}"
    question = "How relevant is the comparator to the standard of care, and its relevance to the hazard ratio for overall survival?"
    answer = answer_of(club, citing(draft), question, persona="journal_editor")
    assert absence not in answer.text
    assert not answer.abstention or absence not in answer.abstention.looked_for


def test_a_sentence_that_only_repeats_the_question_is_no_answer(club: JournalClub):
    question = "The CARTITUDE-4 trial included lenalidomide-refractory patients. How did overall survival change?"
    answer = answer_of(club, citing("The CARTITUDE-4 trial included lenalidomide-refractory patients [n].", "refractory"), question)
    assert answer.withheld[0].reason == "it only repeats the question"
    assert "0.55" in shown(answer)


def test_a_yes_or_no_question_is_answered_in_its_own_words(club: JournalClub):
    answer = answer_of(club, citing("The trial was open-label [n].", "The trial was open-label"), "Was the trial open-label?")
    assert answer.mode == "generated"


def test_a_draft_that_goes_in_circles_is_at_its_end(club: JournalClub):
    circle = "Cilta-cel cured all of them [n]. It is the best drug [n]. " * 20
    answer = answer_of(club, citing(circle), HR)
    assert len(answer.withheld) == 2
    assert "0.55" in shown(answer)


def test_a_model_cannot_declare_absent_what_the_text_has(club: JournalClub):
    draft = "Overall survival favoured cilta-cel (HR 0.55) [n].\nNOT REPORTED: overall survival"
    assert answer_of(club, citing(draft), HR).abstention is None


def test_a_sentence_said_twice_is_shown_once(club: JournalClub):
    sentence = "Overall survival favoured cilta-cel (HR 0.55) [n]. "
    assert len(answer_of(club, citing(sentence * 3), HR).statements) == 1


def test_a_draft_without_end_is_stopped_at_the_readers_length(club: JournalClub):
    def script(body: dict) -> Reply:
        return Reply(
            text=citing("Overall survival favoured cilta-cel (HR 0.55) [n]. The trial was open-label [2]. ")(body), repeat=500, chunk_s=0
        )

    left: list[bool] = []
    answer = answer_of(club, script, HR, seen=lambda server: left.append(server.chats[0].done.wait(5)))
    assert left == [True]
    assert len(answer.statements) <= 6


def test_background_needs_both_the_caller_and_the_setting(club: JournalClub):
    draft = "BACKGROUND: Plasma cells make antibodies."
    assert answer_of(club, draft, HR).withheld[0].reason == "background was not asked for"
    answer = answer_of(club, draft, HR, background=True)
    assert answer.statements[0].basis == "background"
    assert answer.statements[0].citations == ()


def test_history_makes_the_question_standalone_and_is_no_evidence(club: JournalClub):
    answer = answer_of(club, "", "and for PFS?", history=(Turn(question=HR, text="The hazard ratio was 0.11."),))
    assert answer.trace["question"] == "What was the hazard ratio for PFS?"
    assert "0.29" in answer.text
    assert "0.11" not in answer.text


def test_the_stream_and_the_answer_agree(club: JournalClub):
    with ScriptedEndpoint(citing("Overall survival favoured cilta-cel (HR 0.55) [n]. HR was 0.45 [n].")) as server:
        events = all_events(club, server, Ask(question=HR, persona="fellow", paper_id="cartitude-4"))
    assert [event.type for event in events] == ["retrieval", "statement", "withheld", "answer"]
    answer = events[-1].answer  # type: ignore[union-attr]
    assert answer.statements == tuple(event.statement for event in events if event.type == "statement")
    assert answer.withheld == tuple(event.withheld for event in events if event.type == "withheld")


@pytest.mark.parametrize(("wrong", "error"), [({"persona": "barber"}, UnknownPersonaError), ({"paper_id": "none"}, UnknownPaperError)])
def test_what_is_unknown_fails_before_the_first_event(club: JournalClub, wrong: dict, error: type[Exception]):
    values = {"question": HR, "persona": "fellow", "paper_id": "cartitude-4", **wrong}

    async def first() -> None:
        await anext(aiter(club.ask(Ask(**values))))

    with pytest.raises(error):
        anyio.run(first)


def test_the_record_says_what_the_answer_was_made_from(club: JournalClub):
    trace = answer_of(club, citing("Overall survival favoured cilta-cel (HR 0.55) [n]."), HR).trace
    assert trace["document_hash"] == club.library.record("cartitude-4").document_hash
    assert {"prompt", "prompt_sha256", "rendered_sha256", "persona_sha256", "settings_hash", "model", "evidence"} <= trace.keys()
