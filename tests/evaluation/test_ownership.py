"""The measuring of ownership, on rows written for it."""

import json

import pytest

from journal_club.evaluation.ownership import Counts, measure_ownership

TEXT = "Deaths occurred in 11% with alpha and 14% with beta."


def row(*relations):
    places = [("INTV", "alpha"), ("INTV", "beta"), ("OC", "Deaths"), ("MEAS", "11%"), ("MEAS", "14%")]
    spans = [{"label": label, "start": TEXT.index(words), "end": TEXT.index(words) + len(words), "text": words} for label, words in places]
    return json.dumps(
        {"text": TEXT, "spans": spans, "relations": [{"label": one, "head": head, "child": child} for one, head, child in relations]}
    )


def test_right_wrong_and_missed_relations_are_counted(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(row(("A1_RES", "alpha", "11%"), ("A2_RES", "alpha", "14%"), ("OC_RES", "Deaths", "11%")) + "\n")
    found = measure_ownership(path)
    assert found.arms == Counts(right=1, wrong=1, missed=1)
    assert found.outcomes == Counts(right=1, wrong=1)
    assert found.arms.f1 == pytest.approx(0.5)
    assert (found.outcomes.precision, found.outcomes.recall) == (0.5, 1.0)


def test_nothing_found_where_nothing_is_given_is_no_error():
    assert (Counts().precision, Counts().recall, Counts().f1) == (1.0, 1.0, 0.0)
