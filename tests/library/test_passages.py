"""Passages: what a paper is cut into."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.library.passages import LONGEST, PUBLICATION, Passage, passages_of
from journal_club.paper.model import ANSWERING_ORIGINS, Origin
from journal_club.paper.reading import read_paper


@pytest.fixture(scope="module")
def passages(seed_text: str) -> tuple[Passage, ...]:
    return passages_of(read_paper(seed_text), "cartitude-4")


def test_every_passage_and_sentence_slices_back_to_its_text(passages, seed_text):
    for passage in passages:
        assert seed_text[passage.start : passage.end] == passage.text
        assert all(seed_text[sentence.start : sentence.end] == sentence.text for sentence in passage.sentences)


def test_a_finding_a_limitation_a_field_and_a_row_are_one_passage_each(passages):
    counts = {section: sum(passage.section == section for passage in passages) for section in {p.section for p in passages}}
    assert counts["key_findings"] == 4
    assert counts["limitations"] == 3
    assert counts["study_design"] == 8
    assert counts["related_trials"] == 3


def test_questions_and_key_responses_are_no_passages(passages):
    assert {passage.origin for passage in passages} == set(ANSWERING_ORIGINS)
    assert not any("BCMA" in passage.text or "isatuximab" in passage.text for passage in passages)


def test_a_field_keeps_its_label_in_the_slice_and_is_one_sentence(passages):
    sample = next(passage for passage in passages if passage.text.startswith("Sample"))
    assert sample.text == "Sample\n419\nPatients"
    assert [sentence.text for sentence in sample.sentences] == [sample.text]


def test_a_related_trial_is_its_whole_row(passages):
    castor = next(passage for passage in passages if "CASTOR" in passage.text)
    assert castor.origin is Origin.RELATED_TRIAL
    assert "n = 498" in castor.text
    assert "Key result" in castor.text


def test_the_label_is_embedded_with_the_text_and_white_space_is_folded(passages):
    sample = next(passage for passage in passages if passage.text.startswith("Sample"))
    assert sample.embedded_text == "Study Design: Sample 419 Patients"


def test_passages_stand_in_document_order_and_do_not_overlap(passages):
    assert [passage.position for passage in passages] == list(range(len(passages)))
    assert all(one.end <= next_one.start for one, next_one in pairwise(passages))


def test_what_did_not_change_keeps_its_id(passages, seed_text):
    changed = passages_of(read_paper(seed_text.replace("419", "420")), "cartitude-4")
    assert len({p.id for p in passages} - {p.id for p in changed}) == 1


def test_the_same_text_twice_in_a_section_gets_two_ids():
    text = "## Methods\n\nNobody knew.\n\nNobody knew.\n"
    ids = [passage.id for passage in passages_of(read_paper(text), "a")]
    assert len(ids) == len(set(ids)) == 2
    assert ids[1] == f"{ids[0]}-2"


def test_the_same_text_under_another_id_is_another_paper(seed_text):
    one, other = (passages_of(read_paper(seed_text), name) for name in ("a", "b"))
    assert not {passage.id for passage in one} & {passage.id for passage in other}


def test_a_long_paragraph_is_split_where_a_sentence_ends():
    sentence = "The trial enrolled patients of every age and followed them for years. "
    text = f"# Title\n\n## Methods\n\n{sentence * 60}\n"
    found = [passage for passage in passages_of(read_paper(text), "a") if passage.section == "Methods"]
    assert len(found) > 3
    assert all(len(passage.text) <= LONGEST and passage.text.endswith("years.") for passage in found)


def test_journal_date_title_and_authors_are_one_passage_with_a_sentence_each(passages):
    first = passages[0]
    assert (first.section, first.origin, len(first.sentences)) == (PUBLICATION, "commentary", 3)
    assert first.text.startswith("The Lancet Oncology")
    assert first.text.endswith("et al.")


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="aB1. \n#é\r\t\u2019", max_size=60), min_size=1, max_size=6))
def test_any_text_gives_unique_ids_and_exact_slices(pieces):
    text = "# T\n\nWords. " + "\n\n".join(pieces)
    found = passages_of(read_paper(text), "p")
    assert len({passage.id for passage in found}) == len(found)
    assert all(text[passage.start : passage.end] == passage.text for passage in found)


def test_a_passage_is_a_llama_index_node(passages):
    node = passages[1].to_node()
    assert (node.id_, node.text, node.start_char_idx, node.end_char_idx) == (
        passages[1].id,
        passages[1].text,
        passages[1].start,
        passages[1].end,
    )
    assert node.metadata["origin"] == passages[1].origin
    assert node.ref_doc_id == "cartitude-4"
