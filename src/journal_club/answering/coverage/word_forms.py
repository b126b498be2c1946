"""Word forms: whether two stems are one word in two endings, misspelt, or clipped as everyday speech does."""

import re

__all__ = ["are_one_word"]

ENDINGS = re.compile(
    r"(?:al|ance|ant|ar|ary|ation|ative|e|ed|ence|ent|er|es|esia|etic|ia|ial|ic|ical"
    r"|in|ing|ion|is|ist|ition|ity|ive|iz|ment|ness|or|ous|s|sia|sis|t|tic|um|us|y)?"
)
SHORTEST_AKIN = 5
CLIPPED = re.compile(r"[a-z]{3,7}o$")
"""How everyday speech clips a long word: "chemo", "physio"."""
SHORTEST_TYPO = 7


def are_one_word(one: str, other: str) -> bool:
    """Whether two stems are one word in two endings, one word and its misspelling, or one word clipped."""
    if CLIPPED.match(one) and other.startswith(one):
        return True
    if len(one) < SHORTEST_AKIN or len(other) < SHORTEST_AKIN or not (one.isalpha() and other.isalpha()):
        return False
    same = next((place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other)))
    if (
        same >= SHORTEST_AKIN
        and ENDINGS.fullmatch(one[same:])
        and ENDINGS.fullmatch(other[same:])
        and same * 3 >= 2 * max(len(one), len(other))
    ):
        return True
    if min(len(one), len(other)) < SHORTEST_TYPO or abs(len(one) - len(other)) > 1:
        return False
    return one[same + 1 :] == other[same + 1 :] or one[same + 1 :] == other[same:] or one[same:] == other[same + 1 :]
