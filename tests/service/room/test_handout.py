"""The handout: quotes of the paper alone, and no more than a page of them."""

import pytest
from hypothesis import HealthCheck, given, settings

from journal_club.paper.model import Origin, Paper
from journal_club.paper.reading import read_paper
from journal_club.service.room.handout import handout_of
from journal_club.service.room.quote import Quote
from tests.service.room.texts import TEXTS, mutated, paper, readable


def quotes(read: Paper) -> list[Quote]:
    found = handout_of(read)
    return [quote for quote in (found.title, found.bottom_line, *found.findings, *found.limitations) if quote]


def check_places(read: Paper) -> None:
    keys = [part for part in read.parts if part.origin is Origin.KEY_RESPONSE]
    for quote in quotes(read):
        assert read.source_text[quote.start_char_index : quote.end_char_index] == quote.text
        assert not any(part.start < quote.end_char_index and quote.start_char_index < part.end for part in keys)


def test_a_digests_handout() -> None:
    found = handout_of(paper("cartitude-4"))
    assert found.title is not None
    assert found.bottom_line is not None
    assert found.title.text.startswith("Cilta-cel in lenalidomide-refractory")
    assert (found.journal, found.published) == ("The Lancet Oncology", "2026-02-01")
    assert found.bottom_line.text.endswith("as early as after the first relapse.")
    assert (len(found.findings), len(found.limitations), len(found.rows)) == (4, 3, 3)
    assert found.pico is not None


def test_what_does_not_fit_is_counted() -> None:
    more = "".join(f"{number}. Finding {number} was the same in both groups.\n" for number in range(5, 9))
    text = (
        TEXTS["cartitude-4"]
        .replace("\nStudy Design\n", f"{more}\nStudy Design\n")
        .replace("\nClinical Significance\n", "\nIt was short.\n\nClinical Significance\n")
    )
    found = handout_of(read_paper(text))
    assert (len(found.findings), found.more_findings) == (5, 3)
    assert (len(found.limitations), found.more_limitations) == (3, 1)


def test_a_long_finding_ends_after_a_whole_sentence() -> None:
    long = "The drug was well tolerated in every group that was looked at. " * 12
    text = TEXTS["cartitude-4"].replace("4. Treatment-related deaths", f"4. {long}Treatment-related deaths")
    finding = handout_of(read_paper(text)).findings[3].text
    assert 300 < len(finding) <= 450
    assert finding.endswith("looked at.")


def test_a_full_text_stands_with_its_own_headings() -> None:
    found = handout_of(paper("full-text"))
    assert found.bottom_line is not None
    assert (found.bottom_line.label, found.bottom_line.text) == ("Conclusions", "Melatonin did not significantly reduce delirium.")
    assert [quote.label for quote in found.findings] == ["Results"]
    assert found.limitations[0].text == "The trial was powered for a larger effect than was observed."
    assert [row.label for row in found.rows] == ["Delirium", "Per-protocol analysis"]


def test_a_note_has_an_empty_handout() -> None:
    found = handout_of(read_paper("It was done with care and told with joy, and that is all that there is to say."))
    assert (found.title, found.bottom_line, found.findings, found.limitations, found.rows, found.pico) == (None, None, (), (), (), None)


@pytest.mark.parametrize("name", TEXTS)
def test_every_quote_stands_at_its_place_and_none_is_of_the_answer_key(name: str) -> None:
    assert quotes(paper(name))
    check_places(paper(name))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(text=mutated())
def test_every_quote_of_a_mutated_page_stands_at_its_place(text: str) -> None:
    read = readable(text)
    if read is not None:
        check_places(read)
