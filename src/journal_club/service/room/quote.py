"""Quote: words of the source text with their place, as the reading room shows them.

Owns the noun `Quote` and the ways to get one from a paper. Nothing is rewritten: `source_text[start_char_index:end_char_index] == text`.
"""

from dataclasses import dataclass

from journal_club.paper.model import Excerpt
from journal_club.paper.sentences import sentences

__all__ = ["Quote", "bare_label", "quote_between", "quote_of", "shortened"]

_MARKUP = " \t\r\n\xa0#*_:："


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A slice of the source text; `label` is what the page itself calls it, empty where it calls it nothing."""

    text: str
    start_char_index: int
    end_char_index: int
    label: str = ""


def quote_of(excerpt: Excerpt, *, label: str = "") -> Quote:
    """An excerpt as a quote."""
    return Quote(text=excerpt.text, start_char_index=excerpt.start, end_char_index=excerpt.end, label=label)


def quote_between(source: str, start: int, end: int, *, label: str = "") -> Quote:
    """What stands between two places, without the white space at its ends."""
    text = source[start:end]
    first = start + len(text) - len(text.lstrip())
    bare = text.strip()
    return Quote(text=bare, start_char_index=first, end_char_index=first + len(bare), label=label)


def shortened(source: str, quote: Quote, longest: int) -> Quote:
    """The quote's first sentences up to a number of characters; at least one sentence, however long."""
    if len(quote.text) <= longest:
        return quote
    found = sentences(quote.text, offset=quote.start_char_index)
    ends = [one.end for one in found if one.end - quote.start_char_index <= longest] or [found[0].end]
    return quote_between(source, quote.start_char_index, ends[-1], label=quote.label)


def bare_label(text: str) -> str:
    """A label's or heading's words without its markup and colon."""
    return text.strip(_MARKUP)
