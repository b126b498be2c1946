"""Shown words: a text cut at its marks and at the characters that cannot be seen, for templates that escape all of it.

Owns what of a text is a mark, and what is named and fenced in. It renders nothing.
"""

import re
from dataclasses import dataclass

__all__ = ["Piece", "pieces_of", "plain", "signs_of"]

MARK = re.compile(r"\[(\d+)\]")
# Controls, and what hides, joins or turns round the characters beside it: static/page.js has the same set.
UNSEEN = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A piece of a text: words, the mark of a citation, or a character that cannot be seen.

    Attributes:
        number: of the citation; None for no mark.
        sign: the name of a character that cannot be seen, such as `U+202E`.
    """

    text: str
    number: int | None = None
    sign: str = ""


def pieces_of(text: str) -> tuple[Piece, ...]:
    """A statement's text, cut at its marks."""
    words = MARK.split(text)
    pieces = (Piece(text=f"[{one}]", number=int(one)) if place % 2 else Piece(text=one) for place, one in enumerate(words))
    return tuple(piece for piece in pieces if piece.text)


def signs_of(text: str) -> tuple[Piece, ...]:
    """A text, cut at the characters that cannot be seen."""
    words = UNSEEN.split(text)
    pieces = (Piece(text=one, sign=f"U+{ord(one):04X}" if place % 2 else "") for place, one in enumerate(words) if one)
    return tuple(pieces)


def plain(text: str) -> str:
    """A text without the characters that cannot be seen, for places that take words alone."""
    return UNSEEN.sub("", text)
