"""Wording: how much of a statement's own words the cited text carries.

Owns the score that decides when no rule does, named "word support": the share of the statement's content words, weighed by how rare they
are in the paper (inverse document frequency over its sentences), whose stem, or a general paraphrase of it, stands in the cited text, in
its heading or among the names of what the trial studied. 1 is verbatim. Names, numbers and directions are judged elsewhere; `THRESHOLD`
was measured on paraphrased and on invented sentences, `CLAUSE_THRESHOLD` on what capable models write of a passage, true and false.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from journal_club.answering.spelling import american
from journal_club.answering.verification.synonyms import FREE, SAME
from journal_club.paper.words import content_words

__all__ = [
    "CLAUSE_THRESHOLD",
    "OWN_THRESHOLD",
    "THRESHOLD",
    "Weights",
    "carried",
    "carriers",
    "entities",
    "is_alike",
    "is_free",
    "is_kin",
    "score",
    "stems",
    "with_pieces",
]

THRESHOLD = 0.66
OWN_THRESHOLD = 0.5
CLAUSE_THRESHOLD = 0.9
_ROOT = 6
_ENDING = 2
_SHORTEST_KIN = 5
_DRUG_SUFFIX = re.compile(
    r"[a-z]{3,}(?:mab|nib|zomib|lidomide|leucel|statin|sartan|olol|azole|cillin|mycin|floxacin|vir|platin|taxel|"
    r"rubicin|gliptin|gliflozin|glutide|parin|xaban|gatran|prazole|"
    r"setron|triptan|cept|kinra|oxetine|azepam|barbital|caine|dipine|thiazide|semide|formin|solone|sone|onide|terol|"
    r"tropium|mustine|phosphamide|trexate|citabine|arabine|tecan|"
    r"poside|blastine|cristine|parib|ciclib|lisib|limus|denosine|zepine|oxacin|cycline|sulfan|meran|tamab|dronate|"
    r"afil|pril|profen|triptyline|apine|peridone|idone)\Z"
)
_ORDINARY = frozenset({"april", "vir", "person", "season", "reason", "comparison", "unison", "prison", "poison"})
_TOKEN = re.compile(r"[^\W_][\w+/'’-]*")


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's content words that are no numbers, hyphenated words also by their pieces' whole."""
    return tuple(american(word.stem) for word in content_words(text) if not _is_number(word.stem))


def _is_number(stem: str) -> bool:
    return (stem[:1].isdigit() and not any(char.isalpha() for char in stem)) or "=" in stem or "<" in stem


def _table() -> Mapping[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for line in SAME.strip().splitlines():
        group = frozenset(stem for word in line.split() for stem in stems(word))
        for member in group:
            groups[member] = groups.get(member, frozenset()) | group
    return groups


_EQUIVALENT = _table()
_FREE_STEMS = frozenset(stem for word in FREE for stem in stems(word))


class Weights:
    """How much a word weighs: its inverse document frequency over a paper's sentences."""

    def __init__(self, sentences: Iterable[Iterable[str]]) -> None:
        counted = [frozenset(one) for one in sentences]
        frequency = Counter(stem for one in counted for stem in one)
        total = len(counted) + 1
        self._unknown = math.log(total + 1) + 1
        self._weights = {stem: math.log((total + 1) / (count + 1)) + 1 for stem, count in frequency.items()}

    def __call__(self, stem: str) -> float:
        """The weight of one stem; a word that the paper does not have weighs most."""
        return self._weights.get(stem, self._unknown)


def carriers(stem: str) -> frozenset[str]:
    """The stems that carry a word: itself, its general paraphrases, its joined writing and its pieces."""
    return _EQUIVALENT.get(stem, frozenset()) | {stem, stem.replace("-", ""), *(piece for piece in stem.split("-") if len(piece) > 1)}


def with_pieces(found: Iterable[str]) -> frozenset[str]:
    """The stems, and the pieces of hyphenated ones: "standard-of-care" also gives "standard" and "care"."""
    whole = frozenset(found)
    return whole | {piece for stem in whole if "-" in stem for piece in stem.split("-") if len(piece) > 1}


def carried(stem: str, available: frozenset[str] | set[str]) -> bool:
    """Whether a word, its pieces or a general paraphrase of it is available."""
    if stem in available or stem.replace("-", "") in available:
        return True
    if not _EQUIVALENT.get(stem, frozenset()).isdisjoint(available):
        return True
    pieces = [piece for piece in stem.split("-") if len(piece) > 1]
    return len(pieces) > 1 and all(carried(piece, available) or piece in _FREE_STEMS for piece in pieces)


def is_alike(one: str, other: str) -> bool:
    """Whether two words are of one family ("asthma", "asthmatic") or paraphrase each other."""
    return carried(one, {other}) or carried(other, {one}) or is_kin(one, other)


def is_kin(one: str, other: str) -> bool:
    """Whether two stems are of one family: alike but for their endings."""
    if abs(len(one) - len(other)) > _ENDING:
        return False
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return (len(shorter) >= _SHORTEST_KIN and longer.startswith(shorter)) or (one[:_ROOT] == other[:_ROOT] and len(shorter) >= _ROOT)


def is_free(stem: str) -> bool:
    """Whether a word says nothing of its own, such as "showed" or "trial"."""
    return stem in _FREE_STEMS


def score(claim: Iterable[str], available: frozenset[str] | set[str], weights: Weights) -> tuple[float, tuple[str, ...]]:
    """The word support of a statement, 0 to 1, and the words that nothing carries. Free words ("showed", "trial") count for nothing."""
    wanted = [stem for stem in dict.fromkeys(claim) if stem not in _FREE_STEMS]
    missing = tuple(stem for stem in wanted if not carried(stem, available))
    total = sum(map(weights, wanted))
    return (1 - sum(map(weights, missing)) / total if total else 1.0), missing


def entities(text: str) -> tuple[str, ...]:
    """The words that name something: acronyms, genes, trials, drugs and capitalised words within the sentence."""
    found: dict[str, None] = {}
    for match in _TOKEN.finditer(text):
        token = match.group().rstrip("'’-/+")
        first = not text[: match.start()].strip(" (\"“'*")
        if _is_name(token, first=first):
            found[token] = None
    return tuple(found)


def _is_name(token: str, *, first: bool) -> bool:
    capitals = sum(char.isupper() for char in token)
    if capitals and any(char.isdigit() for char in token) and any(char.isalpha() for char in token):
        return True
    if capitals > 1 or (capitals == 1 and len(token) > 1 and not token[0].isupper()):
        return True
    if capitals == 1 and not first and len(token) > 1:
        return True
    folded = token.casefold()
    return folded not in _ORDINARY and _DRUG_SUFFIX.match(folded) is not None and len(folded) > 6
