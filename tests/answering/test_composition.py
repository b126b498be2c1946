"""A composition's spans hold, whatever is added in whatever order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.answering.composition import BACKGROUND_SIGN, Composition
from journal_club.answering.verification.verifier import Support
from journal_club.library.passages import Passage
from journal_club.paper.model import Excerpt, Origin

SOURCE = "OS improved (HR 0.55).\nThe trial was\n open-label.\nPOLLUX was positive. As shown before [12], see Table [2](#)."


def passage(start: int, end: int, origin: Origin = Origin.TRIAL) -> Passage:
    excerpt = Excerpt(text=SOURCE[start:end], start=start, end=end)
    return Passage(
        id=f"p-{start}",
        paper_id="p",
        section="key_findings",
        origin=origin,
        text=excerpt.text,
        start=start,
        end=end,
        sentences=(excerpt,),
        label="Key Findings",
        position=start,
    )


OS, OPEN = passage(0, 22), passage(23, 50, Origin.COMMENTARY)
POLLUX, MARKED = passage(51, 70, Origin.RELATED_TRIAL), passage(SOURCE.index("As shown"), len(SOURCE))
ADDITIONS = st.lists(st.sampled_from(["say", "quote", "state", "background", "withhold"]), max_size=8)


def compose(additions: list[str]) -> Composition:
    composition = Composition()
    for number, addition in enumerate(additions):
        one = (OS, OPEN, POLLUX)[number % 3]
        if addition == "say":
            composition.say("This page does not report\n that.")
        elif addition == "quote":
            composition.quote(one, one.sentences[0])
        elif addition == "state":
            support = [Support(passage=each, excerpt=each.sentences[0]) for each in (one, OS)]
            composition.state("It\nimproved.", support, verdict="supported", checks=())
        elif addition == "background":
            composition.background("Plasma cells make antibodies.")
        else:
            composition.withhold("HR 0.45", "0.45 stands nowhere")
    return composition


@given(ADDITIONS)
@settings(max_examples=60, deadline=None)
def test_every_span_slices_back(additions: list[str]):
    composition = compose(additions)
    for statement in composition.statements:
        assert composition.text[statement.start_index : statement.end_index] == statement.text
    for citation in composition.citations:
        assert SOURCE[citation.start_char_index : citation.end_char_index] == citation.cited_text


@given(ADDITIONS)
@settings(max_examples=60, deadline=None)
def test_citations_are_numbered_by_first_use(additions: list[str]):
    composition = compose(additions)
    used = [number for statement in composition.statements for number in statement.citations]
    assert list(dict.fromkeys(used)) == [citation.number for citation in composition.citations]


def test_an_event_carries_the_citations_that_are_new_with_it():
    composition = Composition()
    assert [one.number for one in composition.quote(OS, OS.sentences[0]).citations] == [1]
    assert composition.quote(OS, OS.sentences[0]).citations == ()


def test_the_weakest_origin_is_the_basis():
    support = [Support(passage=one, excerpt=one.sentences[0]) for one in (OS, OPEN)]
    event = Composition().state("Both.", support, verdict="supported", checks=())
    assert event.statement.basis == "commentary"


def test_a_derived_statement_is_computed():
    event = Composition().state("45%.", [Support(passage=OS, excerpt=OS.sentences[0])], verdict="derived", checks=())
    assert event.statement.basis == "computed"


def test_background_is_signed_in_the_text_and_cites_nothing():
    composition = Composition()
    statement = composition.background("Plasma cells make antibodies.").statement
    assert (statement.basis, statement.citations) == ("background", ())
    assert composition.text.startswith(BACKGROUND_SIGN)


def test_the_sources_own_reference_marks_are_not_taken_for_citations():
    event = Composition().quote(MARKED, MARKED.sentences[0])
    assert event.statement.text == "As shown before, see Table 2. [1]"
    assert event.citations[0].cited_text == MARKED.text


def test_a_sentence_that_was_said_is_known_again():
    composition = Composition()
    composition.quote(OPEN, OPEN.sentences[0])
    assert composition.has_said("the trial was open-label.")
    assert not composition.has_said("the trial was blinded.")
