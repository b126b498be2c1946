"""Counting tokens without a model's own tokenizer.

Owns one estimate for every model: budgets of evidence need a count before the endpoint is asked, and the tokenizers of remote
models are not here (tiktoken fetches its own at first use).
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["count_tokens"]

_DIGIT: Final = re.compile(r"\d")
_FOREIGN: Final = re.compile(r"[^\x00-\u024f\u0370-\u03ff\u2010-\u2027]")
_LINE_END: Final = re.compile(r"\n+")
_MARGIN: Final = 1.05


def count_tokens(text: str) -> int:
    """Tokens of a text, for any model.

    An estimate from the pieces of the embedding model's vocabulary, in which each digit and each run of line ends counts as one
    token and each character of another script as two. Against the tokenizers of Qwen2.5 and SmolLM2 on clinical English it is 9%
    over on average; a fragment of ten tokens may be three under.
    """
    latin = _FOREIGN.sub(" ", _DIGIT.sub(" ", text))
    singles = len(_DIGIT.findall(text)) + len(_LINE_END.findall(text)) + 2 * len(_FOREIGN.findall(text))
    return singles + round(_MARGIN * len(_pieces().encode(latin, add_special_tokens=False).ids))


@cache
def _pieces() -> "Tokenizer":
    from journal_club.models.minilm import load_tokenizer

    tokenizer = load_tokenizer()
    tokenizer.no_truncation()
    return tokenizer
