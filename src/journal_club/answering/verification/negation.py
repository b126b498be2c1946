"""Negation: a word that one side denies and the other asserts.

Owns the comparison of what "not", "no", "without" and "but not" deny in a statement and in the text that carries it: the word right behind
them, and what they reach farther on. Negated directions are `opposites`'.
"""

import re
from collections import Counter
from collections.abc import Container

from journal_club.answering.verification.opposites import FINITE, NEGATION, negations, turns
from journal_club.answering.verification.wording import carried, is_free, stems
from journal_club.paper.words import content_words

__all__ = ["denied_by", "mismatch"]

_NEAR = 60
_FAR = 160
_MOSTLY = 0.75
_IS_NOT = re.compile(
    r"\b(?:(?:may|might|can|could|is|are|was|were|would|does|do|did) not (?:be |have been |appear to be )?(?:the|a|an|due)\b)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.()]\s|\b(?:but|although|whereas|while|because)\b", re.IGNORECASE)
_NO = re.compile(r"\bno\b", re.IGNORECASE)
_PARTS = re.compile(rf"{_CLAUSE_END.pattern}|\band\b", re.IGNORECASE)
_EXCEPTIONS = (
    re.compile(
        r"\b(?:but|and|though|although|yet)\s(?:(?:did|does|do|was|were|is|are|had|has|have|showed|with)\s)?(?:not|no(?!t)|without)\s"
        r"(?:(?:significant(?:ly)?|clear|detectable|effects?|benefits?|changes?|differences?|improvements?|on|in|for|with|among|by|the|any|that|from|"
        r"of|to|affect|improve|reduce|increase|lower|prevent|shorten)\s){0,6}(?P<who>[^,;.()]{2,60})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:but|whereas|while|although)\s(?P<who>[^,;.()]{2,60}?)\s(?:did|does|do|was|were|is|are|had|has|have|could) "
        r"not(?=\s*(?:[.,;]|\Z))",
        re.IGNORECASE,
    ),
)
"""What is excepted: "but not in infants", "but had no effect on triglycerides", "whereas dogs did not"."""
_WITH = re.compile(r"\bwith (?:an? |the )?([\w-]+)", re.IGNORECASE)
_NAMED = 1
_CLAUSE_WORDS = 2
"""Fewer are no clause, but the end of a list."""
_HALF = 0.5
_MISSING = re.compile(
    r"\b(?:missing|missed|lack(?:s|ed|ing)?|unavailable|absent|lost|without|"
    r"drop(?:ped|s)? out|drop-?outs?|withdr[ae]w\w*|excluded|left out|failed)\b",
    re.IGNORECASE,
)
"""Words that deny in a way of their own."""
_BRACKETED = re.compile(r"\([^()]*\)")
_NOBODY = re.compile(r"\b(?:none|nobody)\Z", re.IGNORECASE)
_SHORT = 7
_LIGHT = re.compile(r"receive|get|undergo|have|take|complete|start|experience", re.IGNORECASE)
"""Who does not receive a thing is denied the thing."""
_HOLDS = re.compile(r"hold|apply|extend|generali[sz]e", re.IGNORECASE)
"""What does not hold for somebody denies them."""
_GOES_BACK = re.compile(r"\W*(?:not|none|neither)\b", re.IGNORECASE)
"""What denies the words of the clause before: "adults, but not children", "; none was related"."""
_NOT_ALL = re.compile(r"\s(?:every|all|only|just|quite|strictly|always)\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:without|lacking)\b(?! (?:any )?(?:more|further|additional|other|continu\w+|ongoing)\b)", re.IGNORECASE)
_ENDS_IN_VERB = re.compile(rf"{FINITE.pattern}\s*\Z", re.IGNORECASE)
_UN = re.compile(
    r"\b(?:un|non-?)(vaccinated|treated|infected|infused|exposed|randomi[sz]ed|blinded|adjusted|masked|diabetic|smok\w+|respon\w+|matched)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"-free\b|\bfree (?:of|from)\b|\b(?:no|not|never|absence of|lack of)\b", re.IGNORECASE)
"""How a source may say "without" in other words."""


def denied_by(claim: str, source: str) -> tuple[str, str] | None:
    """The statement and the words with which the source denies that a thing is what the statement says it is; None where it does not.

    "X may not be the main factor for Y" denies "X is the main cause of Y": most of the statement's words stand in the denied clause.
    """
    if negations(claim):
        return None
    wanted = frozenset(stem for stem in stems(claim) if not is_free(stem))
    for found in _IS_NOT.finditer(source):
        clause = _CLAUSE_END.split(source[found.end() : found.end() + _FAR])[0]
        subject = _CLAUSE_END.split(source[: found.start()])[-1]
        denied, whole = frozenset(stems(clause)), frozenset(stems(f"{subject} {clause}"))
        held = sum(carried(stem, denied) for stem in wanted)
        if held >= 2 and sum(carried(stem, whole) for stem in wanted) >= _MOSTLY * len(wanted):
            return claim, found.group() + clause
    return None


def mismatch(claim: str, source: str) -> tuple[str, str] | None:
    """The first word, as each side says it, that only one side negates; None when they agree.

    Args:
        claim: the statement, known names made one.
        source: the sentences that carry it, known names made one.
    """
    ours, theirs = _negated(claim), _negated(source)
    given = Counter(stems(source))
    for stem in (*ours, *_nouns_denied(claim, given)):
        if stem in given and stem not in theirs and not _is_denied(stem, source):
            return f"not … {stem}", stem
    if needless := next((stem for stem in _lacking(claim) if stem in given and not _is_free_of(stem, source)), ""):
        return f"without … {needless}", needless
    if excepted := _excepted(claim, source):
        return excepted
    if had := next((stem for stem in _lacking(source) for one in _WITH.finditer(claim) if stem in stems(one[1])), ""):
        return f"with {had}", f"without … {had}"
    return _undenied(claim, source, {stem for stem, times in theirs.items() if times >= given[stem]})


def _excepted(claim: str, source: str) -> tuple[str, str] | None:
    """The first word that a clause of the statement asserts and a "but not ..." of the source excepts: "in adults, but not in infants"."""
    for pattern in _EXCEPTIONS:
        for found in pattern.finditer(source):
            before = frozenset(stems(source[: found.start()]))
            named = [stem for stem in stems(found["who"]) if not is_free(stem) and stem not in before][:_NAMED]
            for part in _PARTS.split(claim) if named else ():
                told = frozenset(stems(part))
                rest = [stem for stem in told if not is_free(stem) and stem not in named]
                if (
                    set(named) <= told
                    and not (NEGATION.search(part) or _MISSING.search(part))
                    and any(carried(one, before) for one in rest)
                ):
                    return named[0], f"not … {named[0]}"
    return None


def _undenied(claim: str, source: str, denied: Container[str]) -> tuple[str, str] | None:
    """The first word that a clause of the statement asserts and the source only denies, in a clause that says the same else."""
    lacking = _lacking(claim)
    parts = _PARTS.split(claim)
    for part in parts:
        said = frozenset(stems(part))
        listed = len(parts) > 1 and sum(not is_free(stem) for stem in said) < _CLAUSE_WORDS
        if listed or any(one.search(part) for one in (NEGATION, _MISSING, _UN)):
            continue
        for stem in sorted(said):
            if stem in denied and stem not in lacking and _is_same_clause(said, stem, source):
                return stem, f"not … {stem}"
    return None


def _is_same_clause(said: frozenset[str], stem: str, source: str) -> bool:
    """Whether a clause of the source that denies a word holds half of the words of the statement's clause with that word."""
    wanted = [one for one in said if not is_free(one)]
    parts = _CLAUSE_END.split(_BRACKETED.sub(" ", source))
    clauses = (frozenset(stems(clause)) for clause in parts if NEGATION.search(clause) or _UN.search(clause))
    return any(stem in told and sum(carried(one, told) for one in wanted) >= _HALF * len(wanted) for told in clauses)


def _is_denied(stem: str, source: str) -> bool:
    """Whether a denial of the source reaches a word farther on, or before it: "did not receive the infusion", "X was not seen"."""
    before = ""
    for clause in _CLAUSE_END.split(source):
        if _GOES_BACK.match(clause) and stem in stems(before):
            return True
        before = f"{before} {clause}"[-_FAR:]
        for denial in (one for one in NEGATION.finditer(clause) if one.group() != "non" and not _NOT_ALL.match(clause, one.end())):
            verb = FINITE.search(clause, denial.end())
            if stem in stems(clause[denial.end() : verb.start() if verb else len(clause)]):
                return True
            if _ENDS_IN_VERB.search(clause, 0, denial.start()) and stem in stems(clause[: denial.start()]):
                return True
    return False


def _is_free_of(stem: str, source: str) -> bool:
    """Whether the source says in some way that a thing is not there."""
    if stem in _lacking(source) or _is_denied(stem, source):
        return True
    return any(_FREE.search(clause) and stem in stems(clause) for clause in _CLAUSE_END.split(source))


def _lacking(text: str) -> list[str]:
    """The content word right behind each "without"."""
    following = (content_words(text[found.end() : found.end() + _NEAR]) for found in _WITHOUT.finditer(text))
    return [stem for words in following for word in words[:1] if not turns(word.text) for stem in stems(word.text)[:1]]


def _nouns_denied(claim: str, given: Container[str]) -> list[str]:
    """The second word behind each "no", where the first is none of the source's: the "advice" of "no dietary advice"."""
    found = [content_words(claim[one.end() : one.end() + _NEAR])[:2] for one in _NO.finditer(claim)]
    pairs = [pair for pair in found if len(pair) > 1 and pair[1].start == pair[0].end + 1 and not turns(pair[0].text)]
    return [stem for first, second in pairs if all(one not in given for one in stems(first.text)) for stem in stems(second.text)[:1]]


def _negated(text: str) -> Counter[str]:
    """The content word right behind each negation, unless it is a direction."""
    found: Counter[str] = Counter()
    for place in negations(text):
        following = content_words(text[place : place + _NEAR])
        if following and _HOLDS.fullmatch(following[0].text):
            following = following[1:]
        if _NOBODY.search(text, max(0, place - _SHORT), place):
            following = tuple(one for one in following if any(not is_free(stem) for stem in stems(one.text)))
        if _NOT_ALL.match(text, place):
            continue
        if following and not turns(following[0].text):
            found.update(stems(following[0].text)[:1])
        if len(following) > 1 and _LIGHT.fullmatch(following[0].text):
            found.update(stems(following[1].text)[:1])
    found.update(stem for one in _UN.finditer(text) for stem in stems(one[1])[:1])
    return found
