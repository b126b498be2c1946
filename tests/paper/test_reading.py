"""Any text is read, or refused with a reason; nothing of it is lost."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.paper.errors import (
    EmptySectionError,
    EmptyTextError,
    ImpossibleDateError,
    MissingQuestionError,
    PaperError,
    UnnamedTrialError,
    UnreadableTextError,
)
from journal_club.paper.lines import INVISIBLE
from journal_club.paper.model import ANSWERING_ORIGINS, Excerpt, Origin, Paper, SourceKind
from journal_club.paper.reading import read_paper
from tests.conftest import SECOND_PAGE

DATA = Path(__file__).parent.parent / "data"
PIECES = """Bottom Line|Key Findings|Study Design|Study Limitations|Guided Discussion|Scholarly Review|Key Response|Fellow|Fellow\nFellow
Noteworthy Related Trials|2016|n = 498 · NEJM|CASTOR Trial|Tested|Key result: it fell.|Population Adults|Sample\n419|Design|1. First.
- item|# Abstract|## Methods We did.|RESULTS: It fell.|Nurse\nNurse|Why so?|It fell (HR 0.55; p=0.01).|**Bold:** text|---|References
May 1, 2024|A. Author, et al.|Want this tailored to you?|\ufeff|\u200b|\t| |\r|\r\n|\u2028|é|x|10.1000/abc|| a | b |""".replace(
    "\n", "|"
).split("|")


def excerpts(paper: Paper) -> list[Excerpt]:
    """Every excerpt that a paper shows."""
    found = [paper.title, paper.bottom_line, paper.clinical_significance, paper.historical_context, *paper.key_findings, *paper.limitations]
    for field in paper.study_design:
        found += [field.excerpt, *field.values]
    for item in paper.discussion:
        found += [item.question, item.key_response]
    for row in paper.related_trials:
        found += [row.excerpt, row.name, row.tested, row.population, row.comparator, row.endpoint, row.key_result]
    return [excerpt for excerpt in found if excerpt is not None]


def read_or_refusal(text: str) -> Paper | PaperError:
    try:
        return read_paper(text)
    except PaperError as error:
        return error


def assert_whole_or_refused(text: str) -> None:
    """Read whole, or refused with a line that the text has."""
    found = read_or_refusal(text)
    if isinstance(found, Paper):
        assert_whole(found)
    else:
        assert 1 <= found.line <= len(text.splitlines()) + 1
        assert found.expected in str(found)


def assert_whole(paper: Paper) -> None:
    """The parts tile the text, print what they should, and every excerpt slices back."""
    text = paper.source_text
    place = 0
    for part in paper.parts:
        assert (part.start, text[part.start : part.end]) == (place, part.text)
        assert part.role != "blank" or not part.text.translate(dict.fromkeys(map(ord, INVISIBLE))).strip()
        assert (part.origin is not None) == (part.role == "content")
        assert part.role != "content" or part.section
        place = part.end
    assert place == len(text)
    assert all(text[excerpt.start : excerpt.end] == excerpt.text for excerpt in excerpts(paper))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n\n\n"]))
def test_every_character_of_a_page_is_in_exactly_one_part(pieces: list[str], end: str):
    assert_whole_or_refused(end.join(pieces))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("#*\n\r :.-[]()1a")), max_size=200))
def test_every_character_of_any_text_is_in_exactly_one_part(text: str):
    assert_whole_or_refused(text)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_a_page_with_lines_taken_out_or_moved_is_read_whole_or_refused(seed_text: str, data: st.DataObject):
    lines = seed_text.split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), line)
    assert_whole_or_refused("\n".join(lines))


@pytest.mark.parametrize("page", [SECOND_PAGE, DATA / "markdown-page.md", DATA / "full-text.md"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_our_own_pages_are_read_whole_with_any_line_end(page: Path, end: str):
    text = "\ufeff" + page.read_text(encoding="utf-8").replace("\n", end)
    paper = read_paper(text)
    assert_whole(paper)
    assert paper.source_text == text
    assert paper.title is not None


def test_line_ends_indents_case_and_markup_change_nothing_that_is_read(seed_text: str):
    plain = read_paper(seed_text)
    lines = seed_text.replace("\n\n", "\n\n\n").split("\n")
    headings = {part.text for part in plain.parts if part.role == "heading" and not part.field}
    marked = read_paper("\ufeff" + "\r\n".join(f"## {line.upper()}:" if line in headings else f"  {line}" for line in lines))
    assert [e.text for e in marked.key_findings] == [e.text for e in plain.key_findings]
    assert [(i.persona, i.key_response and i.key_response.text) for i in marked.discussion] == [
        (i.persona, i.key_response and i.key_response.text) for i in plain.discussion
    ]
    assert [r.name.text for r in marked.related_trials] == [r.name.text for r in plain.related_trials]


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff", "\u200b\n"])
def test_a_text_that_prints_nothing_is_refused(text: str):
    with pytest.raises(EmptyTextError, match="line 1: expected a text"):
        read_paper(text)


@pytest.mark.parametrize("character", [chr(0), chr(0xD800), chr(0xDFFF)])
def test_a_character_that_is_no_text_is_refused_with_its_line(character: str):
    with pytest.raises(UnreadableTextError, match="line 3"):
        read_paper(f"one\ntwo\nthr{character}ee")


@pytest.mark.parametrize(
    ("error", "wrong", "line"),
    [
        (EmptySectionError, "Key Findings\n\nStudy Design\n\nSample\n12", 5),
        (UnnamedTrialError, "Related Trials\n\n2016\n\nn = 12 · NEJM\n\nTested\n\nx", 7),
        (MissingQuestionError, "Guided Discussion\n\nFellow\n\nKey Response\n\nx", 9),
        (ImpossibleDateError, "", 1),
    ],
)
def test_a_malformed_page_is_refused_with_the_line_and_what_was_expected(error: type[PaperError], wrong: str, line: int):
    date = "FEBRUARY 31, 2026\n\n" if error is ImpossibleDateError else "A trial\n\n"
    with pytest.raises(error) as caught:
        read_paper(f"{date}Bottom Line\nIt works.\n{wrong}\n\nHistorical Context\n\nx\n")
    assert caught.value.line == line
    assert str(caught.value).startswith(f"line {line}: expected ")


def test_the_seed_is_a_digest_whose_findings_are_the_trials(seed_text: str):
    paper = read_paper(seed_text)
    assert_whole(paper)
    assert paper.source_kind is SourceKind.DIGEST
    origins = {part.section: part.origin for part in paper.parts if part.role == "content" and part.origin in ANSWERING_ORIGINS}
    assert {section for section, origin in origins.items() if origin is Origin.TRIAL} == {"key_findings", "study_design"}
    assert {section for section, origin in origins.items() if origin is Origin.RELATED_TRIAL} == {"related_trials"}


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "(",
        "[",
        "\n",
        "Key Response\n",
        "Fellow\nFellow\n\nq?\n\n",
        "# # ",
        "2016\n",
        "n = 1\n",
        "Population a\n",
        "a\n\n",
        "RESULTS: ",
    ],
)
def test_a_long_hostile_page_is_read_to_its_end(piece: str):
    text = "Bottom Line\n\nx\n\nRelated Trials\n\nN\n\n" + piece * (60_000 // len(piece))
    with suppress(PaperError):
        assert read_paper(text).parts[-1].end == len(text)
