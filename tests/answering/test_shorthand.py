"""Shorthand is written out before a question is read, and what only looks like it stays."""

import pytest

from journal_club.answering.shorthand import written_out


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("D/c due to AEs, pbo arm?", "discontinuation due to AEs, placebo arm?"),
        ("RR in the <3 y group", "RR in the younger than 3 years group"),
        ("OS in pts ≥65 yo", "OS in patients 65 years or older"),
        ("Subgroups: p-int?", "Subgroups: p-value for interaction?"),
        ("P for int by sex?", "p-value for interaction by sex?"),
        ("Resistance 6 mo post-EOT", "Resistance 6 months post-EOT"),
        ("What was given q12h?", "What was given every 12 hours?"),
        ("Did the dummy pills taste alike?", "Did the dummy treatment taste alike?"),
    ],
)
def test_shorthand_is_written_out(written: str, meant: str):
    assert written_out(written) == meant


@pytest.mark.parametrize("text", ["p<0.001", "HR 0.55 (<1)", "the MAX trial", "PEDS scores", "CRT", "IV.", "a yoga class", "q-values"])
def test_what_only_looks_like_shorthand_stays(text: str):
    assert written_out(text) == text
