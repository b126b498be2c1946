"""Tailored: takeaways and questions for a reader, on any paper."""

from pathlib import Path

import anyio
import pytest

from journal_club.answering.answer import Answer
from journal_club.answering.case import Ask
from journal_club.answering.front_matter import PromptFileError
from journal_club.answering.tailored.recipe import load_recipe
from journal_club.answering.tailored.record import Questions, Takeaways
from journal_club.club import JournalClub, open_club
from journal_club.evaluation.leaks import leaks_in
from journal_club.paper.model import ANSWERING_ORIGINS
from journal_club.settings import ChatSettings, Settings
from tests.conftest import ROOT
from tests.scripted_endpoint import ScriptedEndpoint

PAPERS = ["cartitude-4", "second-page", "full-text"]
READERS = ["medical_student", "resident", "fellow", "attending", "phd", "journal_editor", "guideline_committee"]
RECIPE = ROOT / "prompts" / "tailored.v1.md"


def takeaways(club: JournalClub, paper_id: str, persona: str) -> Takeaways:
    return anyio.run(club.tailored.takeaways, paper_id, persona)


def questions(club: JournalClub, paper_id: str, persona: str) -> Questions:
    return anyio.run(club.tailored.questions, paper_id, persona)


def answer(club: JournalClub, paper_id: str, persona: str, question: str) -> Answer:
    return anyio.run(club.answer, Ask(question=question, persona=persona, paper_id=paper_id))


@pytest.mark.parametrize("paper_id", PAPERS)
@pytest.mark.parametrize("persona", READERS)
def test_takeaways_are_three_to_five_statements_that_slice_their_sources(club: JournalClub, paper_id: str, persona: str) -> None:
    found = takeaways(club, paper_id, persona)
    paper = club.library.paper(paper_id)
    assert 3 <= len(found.statements) <= 5
    assert all(found.text[one.start_index : one.end_index] == one.text and one.citations for one in found.statements)
    for citation in found.citations:
        assert paper.source_text[citation.start_char_index : citation.end_char_index] == citation.cited_text
        assert citation.origin in ANSWERING_ORIGINS
    assert len({one.citations for one in found.statements}) == len(found.statements)
    assert not list(leaks_in(found.model_dump_json(exclude={"conflicts"}), paper))


@pytest.mark.parametrize("paper_id", PAPERS)
@pytest.mark.parametrize("persona", READERS)
def test_every_question_is_answered_in_full_from_the_passages_that_it_names(club: JournalClub, paper_id: str, persona: str) -> None:
    found = questions(club, paper_id, persona).questions
    own = {item.question.text for item in club.library.paper(paper_id).discussion}
    assert 4 <= len(found) <= 6
    assert len({one.text for one in found}) == len(found)
    for question in found:
        assert question.text not in own
        assert "{" not in question.text
        given = answer(club, paper_id, persona, question.text)
        assert given.abstention is None
        assert given.statements
        assert set(question.passages) <= {one.passage_id for one in given.citations}


def test_readers_are_shown_and_asked_different_things(club: JournalClub) -> None:
    assert len({takeaways(club, "cartitude-4", persona).text for persona in READERS}) >= 6
    assert len({tuple(one.text for one in questions(club, "cartitude-4", persona).questions) for persona in READERS}) == len(READERS)


def test_questions_name_what_the_paper_holds(club: JournalClub) -> None:
    asked = {paper_id: " ".join(one.text for one in questions(club, paper_id, "fellow").questions) for paper_id in PAPERS}
    assert "hazard ratio for progression-free survival" in asked["cartitude-4"]
    assert "hazard ratio for stroke or systemic embolism" in asked["second-page"]
    assert "odds ratio for delirium" in asked["full-text"]


def test_a_takeaway_that_touches_a_conflict_shows_it(club: JournalClub) -> None:
    found = takeaways(club, "cartitude-4", "fellow")
    assert any("0.0009" in one.cited_text for one in found.citations)
    assert any("0.0003" in conflict.explanation for conflict in found.conflicts)


def test_what_was_made_is_kept_until_the_text_changes(club: JournalClub) -> None:
    text = "A trial of drug A\n\nResults\n\nDeath occurred in 12 of 100 patients with drug A (12%). Nobody was lost.\n"
    club.library.ingest("drug-a", text)
    first, again = (takeaways(club, "drug-a", "resident") for _ in range(2))
    club.library.ingest("drug-a", text.replace("12", "14"), replace=True)
    changed = takeaways(club, "drug-a", "resident")
    club.library.delete("drug-a")
    assert first is again
    assert "14 of 100" in changed.text
    assert first.trace["document_hash"] != changed.trace["document_hash"]


ABSTRACT = """Effect of Vitamin D on Falls in Older Adults: A Randomized Trial

Importance: Falls are common. Design: Double-blind randomized trial at 4 centers. Participants: 688 adults aged 70 years or older.
Intervention: Vitamin D3 4000 IU daily vs 200 IU daily. Main outcomes: Time to first fall or death over 2 years. Results: The hazard ratio
for first fall or death was 0.94 (95% CI 0.76-1.15; P=.54) for 4000 IU vs 200 IU. Conclusions: Higher doses did not prevent falls and may
be harmful.
"""


@pytest.mark.parametrize("persona", READERS)
def test_an_abstract_is_enough(club: JournalClub, persona: str) -> None:
    club.library.ingest("falls", ABSTRACT)
    shown, asked = takeaways(club, "falls", persona), questions(club, "falls", persona).questions
    club.library.delete("falls")
    assert any("0.94" in one.text for one in shown.statements)
    assert all("Falls are common" not in one.text for one in shown.statements)
    assert 4 <= len(asked) <= 6
    assert any("first fall or death" in one.text for one in asked)


def test_a_text_that_holds_little_is_asked_little(club: JournalClub) -> None:
    club.library.ingest("note", "A note\n\nThe sky was grey over the harbour on that day.\n")
    shown, asked = takeaways(club, "note", "phd"), questions(club, "note", "phd")
    club.library.delete("note")
    assert [one.text for one in shown.statements] == ["The sky was grey over the harbour on that day. [1]"]
    assert asked.questions == ()


def test_with_a_model_its_verified_sentences_come_first_and_wrong_ones_never(tmp_path: Path) -> None:
    script = "Overall survival was improved with cilta-cel (HR 0.55) [4]. The hazard ratio for overall survival was 0.45 [4]. "
    with ScriptedEndpoint(script) as model:
        chat = ChatSettings(endpoint="compatible", base_url=model.base_url, model="scripted")
        club = open_club(Settings(data_dir=tmp_path, chat=chat))

        async def made() -> tuple[Takeaways, Takeaways, Questions]:
            first, again = [await club.tailored.takeaways("cartitude-4", "fellow") for _ in range(2)]
            asked = await club.tailored.questions("cartitude-4", "fellow")
            await club.aclose()
            return first, again, asked

        first, again, asked = anyio.run(made)
        prompts = len(model.prompts)
    assert (first.mode, first.trace["model"]) == ("generated", "scripted")
    assert first.statements[0].text.startswith("Overall survival was improved with cilta-cel (HR 0.55)")
    assert "0.45" not in first.text
    assert 3 <= len(first.statements) <= 5
    assert first is again
    assert (prompts, len(asked.questions)) == (1, 6)


@pytest.mark.parametrize("change", [("  result: What", "  other: What"), ("takeaways:", "taken:"), ("asked:", "asked: 5\nwanted:")])
def test_a_malformed_recipe_is_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    assert load_recipe(RECIPE).sha256
    path = tmp_path / "tailored.v1.md"
    path.write_text(RECIPE.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(PromptFileError):
        load_recipe(path)
