"""Numbers of an answer, held against the words that it cites by their digits alone."""

import pytest

from journal_club.answering.answer import Answer, Check
from journal_club.evaluation.numerals import uncited_numbers


def answer_of(said: str, cited: str, *, verdict: str = "supported", rule: str = "equal to printed precision") -> Answer:
    check = Check(kind="statistic", claimed=said, found=cited, rule=rule, passed=True)
    values: dict[str, object] = {
        "id": "", "paper_id": "", "question": "", "persona": "", "mode": "generated", "text": said,
        "statements": [
            {"text": said, "start_index": 0, "end_index": len(said), "basis": "trial", "citations": [1, 2], "verdict": verdict,
             "checks": [check]},
        ],
        "citations": [
            {"number": number, "passage_id": "p", "section": "s", "origin": "trial", "cited_text": text, "start_char_index": 0,
             "end_char_index": 1}
            for number, text in enumerate((cited, "In 2019, it was open-label.", "HR 0.61"), start=1)
        ],
        "retrieved": [], "withheld": [], "conflicts": [], "abstention": None, "notice": "", "usage": {}, "timings_ms": {}, "trace": {},
    }  # fmt: skip
    return Answer.model_validate(values)


@pytest.mark.parametrize(
    ("said", "cited", "missing"),
    [
        ("The HR was 0.55 (95% CI 0.39 to 0.79) [1].", "HR 0·55; 95% CI 0.39–0.79", ()),
        ("The HR was 0.61 [1][2].", "HR 0.55", ("0.61",)),
        ("It was .5 or 15.0% of 1,234 [1].", "0.50 or 15% of 1 234".replace("1 234", "1\u2009234"), ()),
        ("The change was −3.4 points [1].", "a change of -3.4 points", ()),
        ("It was lower by 3.4 points [1].", "a change of -3.4 points", ()),
        ("The change was -3.4 points [1].", "a change of 3.4 points", ("-3.4",)),
        ("CARTITUDE-4 and IL-2, in 3 groups [1].", "three groups", ()),
        ("It began in 2019 [1, 2].", "", ()),
    ],
)
def test_a_number_stands_in_the_cited_words_or_is_told(said: str, cited: str, missing: tuple[str, ...]):
    assert uncited_numbers(answer_of(said, cited)) == missing


def test_what_was_computed_or_is_general_knowledge_cites_no_number():
    assert uncited_numbers(answer_of("A 45% reduction [1].", "HR 0.55", verdict="derived")) == ()
    assert uncited_numbers(answer_of("A 45% reduction [1].", "HR 0.55", rule="1 - ratio: 1 - 0.55 = 0.45")) == ()
    assert uncited_numbers(answer_of("A 45% reduction [1].", "HR 0.55", verdict="background")) == ()
    assert uncited_numbers(answer_of("A 45% reduction [1].", "HR 0.55")) == ("45",)
