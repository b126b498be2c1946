"""The reading room's sections: whole, in order, with statistics and conflicts set apart, and without the answer key."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings

from journal_club.answering.answer import Conflict
from journal_club.answering.conflicts import conflicts_of
from journal_club.paper.model import Origin, Paper, Part
from journal_club.paper.reading import read_paper
from journal_club.service.room.paragraph import Piece
from journal_club.service.room.sections import RoomSection, items_of, sections_of
from tests.service.room.texts import TEXTS, mutated, paper, readable


def told(paper: Paper) -> list[Part]:
    """The parts that have to stand in a section."""
    hidden = (Origin.QUESTION, Origin.KEY_RESPONSE)
    return [part for part in paper.parts if part.role not in ("blank", "heading") and not (part.field and part.origin in hidden)]


def check_whole(paper: Paper, conflicts: Sequence[Conflict]) -> None:
    shown = [paragraph for section in sections_of(paper, conflicts) for paragraph in section.paragraphs]
    for paragraph in shown:
        assert paragraph.text == paper.source_text[paragraph.start_char_index : paragraph.end_char_index]
        for run in (run for piece in paragraph.pieces for run in piece.runs):
            assert run.text
            assert paper.source_text[run.start_char_index : run.end_char_index] == run.text
    spans = [(one.label.start_char_index if one.label else one.start_char_index, one.end_char_index) for one in shown]
    assert sorted(spans) == [(part.start, part.end) for part in told(paper)]
    for one in shown:
        if one.label:
            assert paper.source_text[one.label.start_char_index : one.start_char_index].strip() == one.label.text
    keys = [(part.start, part.end) for part in paper.parts if part.origin is Origin.KEY_RESPONSE]
    assert not any(start < last and first < end for start, end in spans for first, last in keys)


@pytest.mark.parametrize("name", TEXTS)
def test_every_part_stands_in_exactly_one_section(name: str) -> None:
    check_whole(paper(name), conflicts_of(paper(name)))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(text=mutated())
def test_no_text_of_a_mutated_page_is_lost(text: str) -> None:
    read = readable(text)
    assume(read is not None)
    assert read is not None
    check_whole(read, ())
    for item in items_of(read):
        for run in (*item.question, *item.key_response):
            assert read.source_text[run.start_char_index : run.end_char_index] == run.text


def section(name: str, slug: str) -> RoomSection:
    return next(one for one in sections_of(paper(name), conflicts_of(paper(name))) if one.slug == slug)


def pieces(one: RoomSection, kind: str) -> list[Piece]:
    return [piece for paragraph in one.paragraphs for piece in paragraph.pieces if piece.kind == kind]


def test_a_digest_stands_in_the_order_that_readers_know_whatever_the_pages_order() -> None:
    found = [one.slug for one in sections_of(paper("second-page"), ())]
    assert found == [
        "front",
        "bottom_line",
        "key_findings",
        "study_design",
        "limitations",
        "clinical_significance",
        "Funding and Registration",
        "discussion",
        "related_trials",
        "footer",
    ]


def test_a_full_text_keeps_its_own_order_and_its_two_methods_apart() -> None:
    found = [one.title for one in sections_of(paper("full-text"), ())]
    assert found[:8] == ["", "Abstract", "Background", "Methods", "Results", "Conclusions", "Introduction", "Methods"]
    assert found[-1] == "References"


def test_a_heading_is_shown_without_its_markup() -> None:
    assert section("markdown-page", "bottom_line").title == "Bottom Line"


def test_a_chapter_is_a_chapter_whatever_it_is_called() -> None:
    text = "A trial of rest\n\n## discussion\n\nWe found little.\n\n## footer\n\nNobody died.\n\n## front\n\nIt was warm.\n"
    found = [(one.kind, one.title) for one in sections_of(read_paper(text), ())]
    assert found[1:] == [("text", "discussion"), ("text", "footer"), ("text", "front")]


def test_a_statistic_is_one_piece_with_its_name_interval_and_p_value() -> None:
    found = [(piece.text, piece.label) for piece in pieces(section("cartitude-4", "key_findings"), "statistic")]
    assert ("hazard ratio [HR] 0.29; 95% CI 0.22–0.39", "hazard ratio") in found
    assert ("HR 0.55; 95% CI 0.39–0.79; p=0.0009", "hazard ratio") in found
    assert ("95% CI 34.5 months to not evaluable", "interval") in found
    assert ("11.8 months (95% CI 9.7–14.0)", "number") in found


def test_number_words_names_and_clocks_stay_plain_words() -> None:
    found = [piece.text for one in sections_of(paper("full-text"), ()) for piece in pieces(one, "statistic")]
    assert "3 mg" in found
    assert not {"six", "seven", "21", "00", "2019", "four"} & set(found)
    assert "6" not in [piece.text for piece in pieces(section("markdown-page", "key_findings"), "statistic")]


def test_a_conflicts_place_is_marked_within_its_statistic() -> None:
    known = {one.id: one for one in conflicts_of(paper("cartitude-4"))}
    marked = {run.text: run.conflicts for piece in pieces(section("cartitude-4", "key_findings"), "statistic") for run in piece.runs}
    assert [known[name].kind for name in marked["p=0.0009"]] == ["different_value"]
    assert marked["HR 0.55; 95% CI 0.39–0.79; "] == ()


def test_every_place_of_every_conflict_is_marked_and_nothing_else() -> None:
    for name in TEXTS:
        read, conflicts = paper(name), conflicts_of(paper(name))
        runs = [run for one in sections_of(read, conflicts) for par in one.paragraphs for piece in par.pieces for run in piece.runs]
        runs += [run for item in items_of(read, conflicts) for run in (*item.question, *item.key_response)]
        for conflict in conflicts:
            marked = {place for run in runs if conflict.id in run.conflicts for place in range(run.start_char_index, run.end_char_index)}
            places = {index for one in conflict.places for index in range(one.start_char_index, one.end_char_index)}
            assert marked == places, (name, conflict.explanation)


def test_a_cards_field_has_its_label_apart() -> None:
    found = {one.field: one for one in section("markdown-page", "study_design").paragraphs}
    label = found["outcome"].label
    assert label is not None
    assert (label.text, label.label, found["outcome"].text) == ("**Primary outcome:**", "Primary outcome", "Change in 6MWD at 12 weeks")


def test_discussion_items_come_with_persona_and_key_response_apart() -> None:
    items = items_of(paper("second-page"))
    assert [(item.persona, item.group) for item in items] == [
        ("journal_editor", "Scholarly Review"),
        ("guideline_committee", "Scholarly Review"),
        ("resident", "Guided Discussion"),
        ("nurse_practitioner", "Guided Discussion"),
    ]
    assert items[0].question[0].text.startswith("How robust is the claim")
    assert items[0].key_response[-1].text.endswith("has to be shown in full.")
    assert items[3].key_response == ()


def test_a_key_response_that_furniture_cuts_is_whole() -> None:
    text = TEXTS["second-page"].replace("past one.\n\n- A sensitivity", "past one.\n\n---\n\n- A sensitivity")
    assert text != TEXTS["second-page"]
    read = readable(text)
    assert read is not None
    told = " ".join(run.text for run in items_of(read)[0].key_response)
    assert "fragility of the primary result" in told
    assert "hierarchical testing plan" in told
