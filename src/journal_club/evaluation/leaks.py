"""Leaks: words of the answer key where no answer may find them.

Owns the leak test of DESIGN.md: 8-grams of case-folded words of questions and key responses that stand nowhere else on the page, less those
of the user's own question. It is made of what answers are made from, before anything is asked, and of the answers afterwards.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from journal_club.answering.answer import Answer
from journal_club.answering.citations import parse_marks
from journal_club.library.passages import Passage
from journal_club.paper.model import Origin, Paper

__all__ = ["Leak", "LeakError", "check_answer", "check_leaks", "check_passages", "leaks", "leaks_in", "secret_grams"]

GRAM = 8
"""Words in a row."""
_WORD = re.compile(r"\w+")
_KEY = frozenset({Origin.KEY_RESPONSE, Origin.QUESTION})

Leak = tuple[str, str]
"""Where it was found, and the words."""


class LeakError(Exception):
    """Words of the answer key stand where answers are made, or in an answer; the message says where."""


def grams(text: str) -> set[tuple[str, ...]]:
    """Runs of eight case-folded words."""
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}


def secret_grams(paper: Paper, origins: Collection[Origin] = _KEY) -> set[tuple[str, ...]]:
    """The grams of questions and key responses, or of one of the two, that stand nowhere else on the page."""
    key = {gram for part in paper.parts if part.origin in origins for gram in grams(part.text)}
    elsewhere = {gram for part in paper.parts if part.origin not in origins for gram in grams(part.text)}
    return key - elsewhere


def leaks_in(text: str, paper: Paper, *, question: str = "") -> Iterator[str]:
    """The secret runs of words in a text, less those of the user's own question."""
    yield from (" ".join(gram) for gram in sorted(grams(text) & (secret_grams(paper) - grams(question))))


def leaks(texts: Iterable[tuple[str, str]], paper: Paper) -> Iterator[Leak]:
    """The secret runs of words in named texts."""
    secret = secret_grams(paper)
    for name, text in texts:
        yield from ((name, " ".join(gram)) for gram in sorted(grams(text) & secret))


def check_leaks(paper: Paper, texts: Iterable[tuple[str, str]], canaries: Iterable[str]) -> None:
    """Refuse a run whose answers could have read the answer key.

    Args:
        paper: the page, with its key responses.
        texts: the name and words of everything that answers are made from.
        canaries: strings that stand in the cases alone.

    Raises:
        LeakError: words of the key, or a canary, stand in one of them.
    """
    known = list(texts)
    found: list[Leak] = [*leaks(known, paper)]
    found += [(name, canary) for name, text in known for canary in canaries if canary in text]
    if found:
        places = "; ".join(f"{name}: “{words}”" for name, words in found[:3])
        raise LeakError(f"the answer key has leaked into what answers are made from: {places}; take these words out")


def check_passages(passages: Iterable[Passage]) -> None:
    """Refuse a page whose questions or key responses are among the passages that it is answered from.

    Raises:
        LeakError: one of them is.
    """
    if found := next((one for one in passages if one.origin in _KEY), None):
        raise LeakError(f"passage {found.id}, which questions are answered from, is a {found.origin.value.replace('_', ' ')} of the page")


def check_answer(name: str, answer: Answer, *, question: str, secret: set[tuple[str, ...]], canaries: Iterable[str]) -> None:
    """Refuse an answer that says what only the answer key could have told it: in what is shown, and in the drafts that were withheld.

    Args:
        name: of the answer, for the message.
        answer: as it was stored.
        question: what was asked: its words are the reader's own.
        secret: the runs of words that stand in key responses alone.
        canaries: strings that stand in the cases alone.

    Raises:
        LeakError: it does.
    """
    said = [parse_marks(text).bare for text in (*(one.text for one in answer.statements), *(one.text for one in answer.withheld))]
    found = [" ".join(gram) for text in said for gram in sorted(grams(text) & secret - grams(question))]
    whole = answer.model_dump_json()
    found += [canary for canary in canaries if canary in whole]
    if found:
        raise LeakError(f"the answer key has leaked into the answer to {name}: “{found[0]}”")
