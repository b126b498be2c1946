"""What tokens cost at OpenAI: a dated table, not a live look at a service.

Owns the table and the sum. A model that is not in it has no known price, which is told as such and never as zero.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

__all__ = ["AS_OF", "Price", "price_of"]

AS_OF: Final = date(2025, 8, 31)
"""When the table was true; prices change without a word."""

_SNAPSHOT: Final = re.compile(r"-\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    prompt: float
    cached: float
    completion: float

    def cost_usd(self, *, prompt_tokens: int, cached_tokens: int, completion_tokens: int) -> float:
        """US dollars for one call; the cached tokens are among the prompt's."""
        fresh = prompt_tokens - cached_tokens
        return (fresh * self.prompt + cached_tokens * self.cached + completion_tokens * self.completion) / 1e6


_PRICES: Final = {
    "gpt-4.1": Price(prompt=2.00, cached=0.50, completion=8.00),
    "gpt-4.1-mini": Price(prompt=0.40, cached=0.10, completion=1.60),
    "gpt-4.1-nano": Price(prompt=0.10, cached=0.025, completion=0.40),
    "gpt-4o": Price(prompt=2.50, cached=1.25, completion=10.00),
    "gpt-4o-mini": Price(prompt=0.15, cached=0.075, completion=0.60),
    "gpt-5": Price(prompt=1.25, cached=0.125, completion=10.00),
    "gpt-5-mini": Price(prompt=0.25, cached=0.025, completion=2.00),
    "gpt-5-nano": Price(prompt=0.05, cached=0.005, completion=0.40),
    "o3": Price(prompt=2.00, cached=0.50, completion=8.00),
    "o4-mini": Price(prompt=1.10, cached=0.275, completion=4.40),
}


def price_of(model: str) -> Price | None:
    """The price of an OpenAI model, dated snapshots of it included; None when it is not known."""
    return _PRICES.get(_SNAPSHOT.sub("", model))
