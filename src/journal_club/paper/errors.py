"""What is wrong with a text that cannot be read as a paper.

Owns the tree below; each error names the line, and what was expected there.

    PaperError
    ├── EmptyTextError          there is nothing to read
    ├── UnreadableTextError     a character that is no text: NUL, half of a surrogate pair
    ├── EmptySectionError       a heading that must be followed by something is not
    ├── MissingQuestionError    a key response without its question
    ├── UnnamedTrialError       a related trial without its name
    └── ImpossibleDateError     a date that is in no calendar
"""

__all__ = [
    "EmptySectionError",
    "EmptyTextError",
    "ImpossibleDateError",
    "MissingQuestionError",
    "PaperError",
    "UnnamedTrialError",
    "UnreadableTextError",
]


class PaperError(Exception):
    """A text cannot be read as a paper.

    Attributes:
        line: 1-based number of the line that is wrong.
        expected: what should have stood there.
    """

    def __init__(self, *, line: int, expected: str, found: str) -> None:
        super().__init__(f"line {line}: expected {expected}, found {found}")
        self.line = line
        self.expected = expected
        self.found = found


class EmptyTextError(PaperError):
    """The text has no character but white space."""


class UnreadableTextError(PaperError):
    """The text has a character that cannot be text, such as NUL."""


class EmptySectionError(PaperError):
    """A section that carries the page has a heading and nothing under it."""


class MissingQuestionError(PaperError):
    """A key response stands without a question before it, so that nobody can tell what it answers or where it begins."""


class UnnamedTrialError(PaperError):
    """A related trial has fields and no name."""


class ImpossibleDateError(PaperError):
    """The page's date is in no calendar, such as February 31."""
