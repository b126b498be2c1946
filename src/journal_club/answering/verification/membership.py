"""Membership: who is in and who is out, what a name stands for, and whether all are meant or only one.

Owns three comparisons of a statement with a sentence of the source: "included" against "excluded", "both regimens" against "only the one",
and the list that an abbreviation stands for. What one side does not say in such a form is not compared.
"""

import re

from journal_club.answering.verification.wording import carried, is_free, stems
from journal_club.paper.names import Names

__all__ = ["only_one", "other_meaning", "turned_membership"]

_IN = re.compile(
    r"\b(?:includ(?:ed|es?)|enrol+ed|eligible|allowed|admitted|permitted|could (?:take part|participate|enter)|took part|recruited)\b",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\b(?:exclu(?:ded|des?|sion)|ineligible|barred|left out|not (?:eligible|included|enrol+ed|allowed|permitted|recruited))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:\bnot|\bnever|n['’]t|\bno)\s(?:\w+\s)?\Z", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:both|all|each|either|every|any)(?: of)?(?: the)?(?: \w+){0,2}? "
    r"(?:regimens?|groups?|arms?|doses?|schedules?|treatments?|drugs?)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\bonly (?:the )?[\w-]+(?: [\w-]+){0,3}? (?:regimen|group|arm|dose|schedule|treatment|drug)\b", re.IGNORECASE)
_STANDS_FOR = re.compile(
    r"\b(?P<short>[A-Z][\w/+-]{1,10})\b(?:,)? (?:consist(?:s|ed|ing) of|compris(?:es|ed|ing)|stands? for|means|is made up of|combines?|"
    r"contains?|includes?) (?P<list>[^.;:()]{4,160})"
)
_LISTED = re.compile(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or|plus|with)\s+")
_SHORTEST_NAME = 5
_SHARED = 0.5
"""Share of the words around "included" that "excluded" must have around it."""


def turned_membership(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where one side lets in whom the other leaves out."""
    ours, theirs = _way(claim), _way(source)
    if ours is None or theirs is None or ours[0] == theirs[0]:
        return None
    said = [stem for stem in dict.fromkeys(stems(claim)) if not is_free(stem) and stem not in stems(ours[1])]
    held = frozenset(stems(source))
    who = [stem for stem in said if carried(stem, held)]
    return (ours[1], theirs[1]) if who and len(who) >= _SHARED * len(said) else None


def _way(text: str) -> tuple[bool, str] | None:
    """Whether a sentence lets in, and the word that says so; None where it says neither or both."""
    out = _OUT.search(text)
    entry = next((one for one in _IN.finditer(text) if not (out and out.start() <= one.start() < out.end())), None)
    if (out is None) == (entry is None):
        return None
    found = out or entry
    if found is None:
        return None
    denied = _DENIED.search(text, 0, found.start()) is not None
    return (entry is not None) != denied, found.group()


def only_one(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where a statement says of all what the source says of one only."""
    ours, theirs = _ALL.search(claim), _ONLY.search(source)
    return (ours.group(), theirs.group()) if ours and theirs and not _ONLY.search(claim) else None


def other_meaning(claim: str, names: Names) -> tuple[str, str] | None:
    """The (claimed, found) lists where an abbreviation is said to stand for other members than the text says."""
    for found in _STANDS_FOR.finditer(claim):
        group = next((group for group in names.groups if found["short"] in group), None)
        known = max((_members(name) for name in group), key=len) if group else frozenset()
        ours = _members(found["list"])
        if len(known) > 1 and len(ours) > 1 and known & ours and not ours <= known:
            return found["list"].strip(), ", ".join(sorted(known))
    return None


def _members(listed: str) -> frozenset[str]:
    """The names of a list; words that are too short to be names are no members."""
    return frozenset(one.strip().casefold() for one in _LISTED.split(listed) if len(one.strip()) >= _SHORTEST_NAME)
