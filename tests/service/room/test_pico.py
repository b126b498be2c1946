"""The PICO: the three forms of the study-design card, and what prose says for certain."""

from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings

from journal_club.paper.model import Paper
from journal_club.paper.reading import read_paper
from journal_club.service.room.pico import Pico, pico_of
from journal_club.service.room.quote import Quote
from tests.service.room.texts import TEXTS, mutated, paper, readable

ABSTRACT = """DESIGN: Randomised controlled trial.

SETTING: Six hospitals in Norway.

PARTICIPANTS: 240 adults aged 40 to 75 years with knee pain.

INTERVENTIONS: Exercise twice a week or a leaflet.

MAIN OUTCOME MEASURES: Pain at 12 weeks on a visual analogue scale.

RESULTS: 240 patients were randomised. The mean difference was 4 mm (95% CI 1 to 7; P=0.01). {more}

CONCLUSION: Exercise lowered pain.
"""


def pico(text: str) -> Pico:
    found = pico_of(read_paper(text))
    assert found is not None
    return found


def text_of(quote: Quote | None) -> str | None:
    return quote.text if quote else None


def quotes(found: Pico) -> list[Quote]:
    values = [getattr(found, field.name) for field in fields(found)]
    flat = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    return [one if isinstance(one, Quote) else one.quote for one in flat if one is not None]


def check_places(read: Paper) -> None:
    found = pico_of(read)
    for quote in quotes(found) if found else []:
        assert quote.text
        assert read.source_text[quote.start_char_index : quote.end_char_index] == quote.text


def test_a_card_with_labels_above_and_before_its_values() -> None:
    found = pico(TEXTS["cartitude-4"])
    assert str(text_of(found.population)).startswith("Adults with relapsed, lenalidomide-refractory")
    assert str(text_of(found.intervention)).startswith("A single infusion of ciltacabtagene")
    assert str(text_of(found.comparator)).startswith("Standard-of-care triplet therapy")
    assert [tag.text for tag in found.design] == ["RCT", "Open-Label"]
    assert (text_of(found.sample), text_of(found.setting)) == ("419\nPatients", "Multicenter, global")
    assert found.follow_up is not None
    assert (found.follow_up.label, found.follow_up.text) == ("Duration", "33.6 mo\nMedian")
    assert [(one.rank, one.quote.text) for one in found.outcomes] == [
        ("other", "Progression-free survival (PFS) in the intention-to-treat population.")
    ]


def test_a_card_in_another_order_with_a_secondary_outcome() -> None:
    found = pico(TEXTS["second-page"])
    assert str(text_of(found.comparator)).startswith("Apixaban 5 mg or 2.5 mg")
    assert [(one.rank, one.quote.label) for one in found.outcomes] == [("other", "Outcome"), ("secondary", "Secondary outcome")]
    assert [tag.text for tag in found.design] == ["RCT", "Double-Blind", "Double-Dummy"]


def test_a_card_in_markdown_that_names_no_population() -> None:
    found = pico(TEXTS["markdown-page"])
    assert (found.population, found.follow_up) == (None, None)
    assert [tag.text for tag in found.design] == ["Randomized trial", "single-blind (outcome assessors)"]
    assert [(one.rank, one.quote.text) for one in found.outcomes] == [("primary", "Change in 6MWD at 12 weeks")]


def test_outcomes_that_a_field_ranks_itself_are_cut_apart() -> None:
    text = TEXTS["markdown-page"].replace(
        "**Primary outcome:** Change in 6MWD at 12 weeks", "**Outcomes:** Primary: 6MWD at 12 weeks; Secondary: readmission; falls"
    )
    assert [(one.rank, one.quote.text) for one in pico(text).outcomes] == [
        ("primary", "6MWD at 12 weeks"),
        ("secondary", "readmission; falls"),
    ]


def test_a_full_text_gives_what_its_headings_and_fixed_sentences_say() -> None:
    found = pico(TEXTS["full-text"])
    assert str(text_of(found.population)).startswith("Patients aged 65 years or older")
    assert str(text_of(found.intervention)).startswith("Melatonin 3 mg or placebo was given")
    assert (found.comparator, found.follow_up, found.setting) == (None, None, None)
    assert text_of(found.sample) == "452"
    assert [tag.text for tag in found.design] == ["Randomised", "Placebo-Controlled"]
    assert [(one.rank, one.quote.text) for one in found.outcomes] == [
        ("primary", "delirium within seven days, assessed with the Confusion Assessment Method (CAM)")
    ]


def test_a_structured_abstract_is_read_by_its_headings() -> None:
    found = pico(ABSTRACT.format(more=""))
    assert text_of(found.population) == "240 adults aged 40 to 75 years with knee pain."
    assert text_of(found.setting) == "Six hospitals in Norway."
    assert [one.quote.text for one in found.outcomes] == ["Pain at 12 weeks on a visual analogue scale."]
    assert text_of(found.sample) == "240"


def test_two_numbers_of_randomized_people_give_no_sample() -> None:
    assert pico(ABSTRACT.format(more="In all, 198 patients were randomised in Oslo.")).sample is None


def test_a_text_that_says_nothing_of_its_design_has_no_pico() -> None:
    assert pico_of(read_paper("A note on a trial.\n\nIt was done with care and told with joy.")) is None


@pytest.mark.parametrize("name", TEXTS)
def test_every_quote_stands_at_its_place(name: str) -> None:
    check_places(paper(name))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(text=mutated())
def test_every_quote_of_a_mutated_page_stands_at_its_place(text: str) -> None:
    read = readable(text)
    if read is not None:
        check_places(read)
