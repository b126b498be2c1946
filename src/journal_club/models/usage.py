"""What a call used: tokens and cost.

Owns the account of one call. The endpoint's own counts are taken where it gives them; where it does not (a stream that was left or
cut), an estimate stands for them, so that a budget never misses a call.
"""

from dataclasses import dataclass

from journal_club.models.prices import price_of
from journal_club.models.tokens import count_tokens

__all__ = ["Account", "Counts", "Usage"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Tokens as an endpoint reports them; the cached ones are among the prompt's."""

    prompt: int
    completion: int
    cached: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """What a draft used.

    Attributes:
        prompt_tokens: all of the prompt's, the cached ones among them.
        completion_tokens: of the draft.
        cached_tokens: of the prompt's, those that the endpoint did not have to read again.
        cost_usd: US dollars by the dated table; 0 on this machine, None for a remote model without a known price.
        estimated: the endpoint gave no counts and ours stand for them.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float | None = 0.0
    estimated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """What is needed to account for one call.

    Attributes:
        model: its name at the endpoint.
        remote: whether the endpoint is another machine; nothing else costs.
        prompt: the text of each message that was sent.
    """

    model: str
    remote: bool
    prompt: tuple[str, ...]

    def usage(self, counts: Counts | None, text: str) -> Usage:
        """The usage of a call that gave `text`; `counts` is what the endpoint reported, None when it did not."""
        used = counts or Counts(prompt=sum(map(count_tokens, self.prompt)), completion=count_tokens(text), cached=0)
        return Usage(
            prompt_tokens=used.prompt,
            completion_tokens=used.completion,
            cached_tokens=used.cached,
            cost_usd=self._cost(used),
            estimated=counts is None,
        )

    def _cost(self, used: Counts) -> float | None:
        if not self.remote:
            return 0.0
        price = price_of(self.model)
        if price is None:
            return None
        return price.cost_usd(prompt_tokens=used.prompt, cached_tokens=used.cached, completion_tokens=used.completion)
