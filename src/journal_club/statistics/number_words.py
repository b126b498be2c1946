"""Number words: how English spells the whole numbers below a hundred."""

__all__ = ["NUMBER_WORDS", "SMALL_NUMBERS", "TENS", "spelled"]

SMALL_NUMBERS = tuple(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen
    """.split()  # noqa: SIM905
)
"""0 to 19, each at its own place."""
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_WORDS = (
    {word: number for number, word in enumerate(SMALL_NUMBERS)}
    | {tens: ten for ten, tens in zip(range(20, 100, 10), TENS, strict=True)}
    | {f"{tens}-{SMALL_NUMBERS[one]}": ten + one for ten, tens in zip(range(20, 100, 10), TENS, strict=True) for one in range(1, 10)}
)
"""What each word says, 0 to 99."""
_SPELLED = tuple(sorted(NUMBER_WORDS, key=NUMBER_WORDS.__getitem__))


def spelled(value: int) -> str:
    """A number from 0 to 99 in words: `twenty-five`.

    Raises:
        IndexError: it is 100 or more.
    """
    return _SPELLED[value]
