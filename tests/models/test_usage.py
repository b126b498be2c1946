import pytest

from journal_club.models.prices import price_of
from journal_club.models.usage import Account, Counts

COUNTS = Counts(prompt=1_000_000, completion=100_000, cached=400_000)


def test_cached_tokens_cost_less():
    usage = Account(model="gpt-4.1-mini", remote=True, prompt=()).usage(COUNTS, "")
    assert usage.cost_usd == pytest.approx(0.6 * 0.40 + 0.4 * 0.10 + 0.1 * 1.60)


def test_a_dated_snapshot_costs_what_its_model_costs():
    assert price_of("gpt-4o-mini-2024-07-18") == price_of("gpt-4o-mini")


def test_an_unknown_price_is_not_told_as_zero():
    assert Account(model="who-knows", remote=True, prompt=()).usage(COUNTS, "").cost_usd is None


def test_nothing_on_this_machine_costs():
    assert Account(model="gpt-4o", remote=False, prompt=()).usage(COUNTS, "").cost_usd == 0


def test_a_call_without_counts_is_estimated_from_its_text():
    usage = Account(model="m", remote=False, prompt=("one two three", "four")).usage(None, "five six")
    assert (usage.prompt_tokens, usage.completion_tokens, usage.estimated) == (4, 2, True)
