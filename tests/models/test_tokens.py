from hypothesis import given, settings
from hypothesis import strategies as st

from journal_club.models.tokens import count_tokens


def test_nothing_has_no_tokens():
    assert count_tokens("") == 0


def test_digits_and_line_ends_count():
    assert count_tokens("0.55") >= 4
    assert count_tokens("a\n\nb") >= 3


def test_a_page_counts_a_little_more_than_models_count(seed_text: str):
    # 2,542 by Qwen2.5's tokenizer, 2,727 by SmolLM2's.
    assert 2727 <= count_tokens(seed_text) <= 3000


def test_what_lies_past_the_embedders_window_counts():
    assert count_tokens("survival " * 1000) >= 1000


@settings(derandomize=True, max_examples=50)
@given(st.text(max_size=200))
def test_any_text_has_a_count(text: str):
    assert 0 <= count_tokens(text) <= 6 * len(text)
