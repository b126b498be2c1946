"""Membership: who is in and who is out, what a name stands for, and whether all are meant or only one.

Owns three comparisons of a statement with a sentence of the source: "included" against "excluded", "both regimens" against "only the one",
and the list that an abbreviation stands for. What one side does not say in such a form is not compared.
"""

import re

from journal_club.answering.verification.outcomes import turned_stems
from journal_club.answering.verification.wording import carried, is_free, stems
from journal_club.paper.names import Names

__all__ = ["only_one", "other_meaning", "turned_exception", "turned_membership"]

_IN = re.compile(
    r"\b(?:includ(?:ed|es?)|enrol+ed|eligible|allowed|admitted|permitted|could (?:take part|participate|enter)|took part|recruited)\b",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\b(?:exclu(?:ded|des?|sion)|ineligible|barred|left out|not (?:eligible|included|enrol+ed|allowed|permitted|recruited))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:\bnot(?! every| all)|\bnever|n['’]t|\bno)\s(?:\w+\s)?\Z", re.IGNORECASE)
_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|excluding|apart from|other than|with the exception of)\s(?P<who>[^,;.]{3,60})", re.IGNORECASE
)
_INCLUDING = re.compile(r"\b(?:including|even|also)\s(?P<who>[^,;.]{3,60})", re.IGNORECASE)
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
_CLAUSE_END = re.compile(r"[;:]\s|,\s(?:and|but|while|whereas|although)\s")
_SHARED = 0.5
"""Share of the words around "included" that "excluded" must have around it."""


def turned_membership(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where one side lets in whom the other leaves out."""
    ours, theirs = _way(claim), _way(source)
    if ours is None or theirs is None or ours[0] == theirs[0]:
        return None
    clause = next((part for part in _CLAUSE_END.split(claim) if ours[1] in part), claim)
    said = [stem for stem in dict.fromkeys(stems(clause)) if not is_free(stem) and stem not in stems(ours[1])]
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


def turned_exception(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where a statement includes what the source excepts."""
    excepted = _EXCEPT.search(source)
    included = _INCLUDING.search(claim)
    if excepted is None or included is None or _EXCEPT.search(claim):
        return None
    who = [stem for stem in stems(included["who"]) if not is_free(stem)]
    return (included.group(), excepted.group()) if who and carried(who[0], frozenset(stems(excepted["who"]))) else None


def only_one(claim: str, source: str) -> tuple[str, str] | None:
    """The (claimed, found) words where a statement says of all what the source says of one only."""
    ours, theirs = _ALL.search(claim), _ONLY.search(source)
    if ours is None or theirs is None or _ONLY.search(claim):
        return None
    said = frozenset(stem for stem in stems(claim.replace(ours.group(), "")) if not is_free(stem)) - turned_stems(claim)
    told = (part for part in _CLAUSE_END.split(source) if _ALL.search(part))
    return None if any(not said.isdisjoint(stems(part)) for part in told) else (ours.group(), theirs.group())


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
