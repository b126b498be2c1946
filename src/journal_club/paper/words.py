"""Words: how a text is cut into what is matched, for retrieval and verification alike.

Owns the tokens, their stems and the stop words. A statistic's parts stay whole: "IL-6", "cilta-cel", "95%", "0.55", "p=0.0009",
"HbA1c". It does not know names that mean the same (`names`) and reads no numbers (the statistics room does).

A stem is what is compared: case-folded, dashes and middle dots made one, the English snowball stem of each hyphenated piece;
offsets stay those of the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from snowballstemmer import stemmer

__all__ = ["STOP_WORDS", "WORD", "Word", "content_words", "words"]

LONGEST_KEPT = 400
"""Characters; a question or a sentence is cut more than once on its way, and kept."""
LONGEST_STEMMED = 48
"""Characters; a longer run of letters is no English word and is compared as it stands."""

_STOP_WORDS_WORDS = """
    a about above after again all also although am among an and any are as at be because been before being below between both but by
    can could did do does doing done during each either etc every few for from further had has have having he her here hers him his
    how however i if in into is it its itself just like may me might more most much must my of off on once only onto or other our
    ours out over own per please rather same shall she should since so some such than that the their theirs them then there these
    they this those through thus to too under until up upon us very via was we were what when where whether which while who whom
    whose why will with within would yes yet you your yours"""
STOP_WORDS = frozenset(_STOP_WORDS_WORDS.split())
"""Words that carry nothing to look for, case-folded. Negations ("no", "not", "without") carry meaning and are not among them."""

# Alternatives in order: a p value with its operator; a number (thousands, decimals, percent) that no letter follows; a word with
# its inner hyphens and apostrophes. Possessive, so that no input is walked twice.
WORD = re.compile(
    r"""
    (?<![^\W_])[pP][ \t\u2009\u202f\xa0]?[=<>≤≥][ \t\u2009\u202f\xa0]?(?:\d++)?[.·∙⋅]\d++(?![^\W_])
    | (?:\d{1,3}(?:,\d{3})++(?![\d,])|\d++)(?:[.·∙⋅]\d++)*+(?:[ \t\u2009\u202f\xa0]?%)?+(?![-\u2010\u2011]?[^\W\d_])
    | [.·](?<![^\W_][.·])\d++%?+(?![^\W_])
    | \d[^\W_]*+(?:[\u0300-\u036f]++[^\W_]*+)*+(?:[-\u2010\u2011][^\W\d_][^\W_]*+|['’\u2013](?=[^\W\d_])[^\W_]++)*+
    | [^\W\d_][^\W_]*+(?:[\u0300-\u036f]++[^\W_]*+)*+(?:[-\u2010\u2011\u2013'’][^\W_]++(?:[\u0300-\u036f]++[^\W_]*+)*+)*+
    """,
    re.VERBOSE,
)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'"} | dict.fromkeys("·∙⋅", "."))
SPACES = re.compile(r"\s+")
LEADING_DOT = re.compile(r"(?<!\d)\.(?=\d)")
POSSESSIVE = re.compile(r"'s?$")

_english = stemmer("english")
_english_lock = Lock()


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One word of a text: `text == source[start:end]`; `stem` is what is compared."""

    text: str
    start: int
    end: int
    stem: str


def words(text: str) -> tuple[Word, ...]:
    """Cut a text into its words, in order; linear in its length."""
    return _short_words(text) if len(text) <= LONGEST_KEPT else _words(text)


@lru_cache(maxsize=4096)
def _short_words(text: str) -> tuple[Word, ...]:
    return _words(text)


def _words(text: str) -> tuple[Word, ...]:
    return tuple(Word(text=found[0], start=found.start(), end=found.end(), stem=_stem(found[0])) for found in WORD.finditer(text))


def content_words(text: str) -> tuple[Word, ...]:
    """Cut a text into its words less those that carry nothing to look for."""
    return tuple(word for word in words(text) if word.text.casefold() not in STOP_WORDS)


def _stem(text: str) -> str:
    return _cached_stem(text) if len(text) <= LONGEST_STEMMED else _plain(text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(DASHES)


@lru_cache(maxsize=65_536)
def _cached_stem(text: str) -> str:
    plain = _plain(text)
    if not any(character.isalpha() for character in plain) or "=" in plain or "<" in plain or ">" in plain:
        return LEADING_DOT.sub("0.", SPACES.sub("", plain).replace(",", ""))
    return "-".join(_english_stem(POSSESSIVE.sub("", piece)) for piece in plain.split("-"))


def _english_stem(piece: str) -> str:
    if not piece.isalpha():
        return piece
    # A stemmer holds the word that it works on.
    with _english_lock:
        return str(_english.stemWord(piece))
