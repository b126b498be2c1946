"""JUnit XML of a run: a test case for each case and reader, for the tools that read such files.

Owns this one form. A case fails when a demanded point is not there, when it shows what it must not, or refuses what it must not.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from journal_club.evaluation.run import Run
from journal_club.evaluation.scoring import CaseResult, PointResult

__all__ = ["junit_of", "shortcomings"]


def junit_of(run: Run) -> str:
    """The run as one test suite."""
    root = Element("testsuite", name=f"journal-club eval, {run.manifest.answerer}", tests=str(len(run.results) + len(run.statements)))
    failed = 0
    for one in run.results:
        case = SubElement(root, "testcase", classname=one.kind, name=f"{one.case} ({one.reader})", time=f"{one.own_ms / 1000:.3f}")
        problems = list(shortcomings(one))
        failed += bool(problems)
        if problems:
            SubElement(case, "failure", message=problems[0]).text = "\n".join(problems)
    for said in run.statements:
        case = SubElement(root, "testcase", classname="statement", name=said.statement.id)
        failed += not said.right
        if not said.right:
            SubElement(case, "failure", message=f"{said.verdict}, not {said.statement.verdict}").text = said.reason
    root.set("failures", str(failed))
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def shortcomings(one: CaseResult) -> Iterator[str]:
    """What of a result is not as it should be, in words."""
    if not one.scored:
        yield f"it is not scored: {one.why}"
    if one.owed_answer and one.scored and not one.answered:
        yield "it is refused"
    if one.kind == "unreported" and one.answered:
        yield "it is answered, and the page does not report it"
    if one.right_reason is False:
        yield "the refusal that is owed, or its reason, is missing"
    yield from map(_told, (point for point in one.points if point.point.demanded and point.verdict != "entailed"))
    yield from (f"it shows “{words}”" for words in one.forbidden)
    yield from (f"it does not say that “{phrase}” is not reported" for phrase in one.unnamed)
    if one.conflict_shown is False:
        yield "the conflict is not attached"
    yield from (f"unsupported: {said.reason}" for said in one.statements if said.supported is False)
    yield from (f"{number} stands in none of the words that its sentence cites" for number in one.uncited_numbers)
    if one.invalid_spans:
        yield f"{one.invalid_spans} spans do not hold the words that they say"


def _told(point: PointResult) -> str:
    return f"point {point.point.id} is {point.verdict}{f': {point.rule}' if point.verdict == 'unscored' else ''}"
