"""A scope never holds what may not answer."""

from dataclasses import replace

from journal_club.library.library import Library
from journal_club.paper.model import Origin
from journal_club.retrieval.scope import Scope


def test_questions_and_key_responses_are_in_no_scope(library: Library) -> None:
    passage = library.passages("cartitude-4")[0]
    for origin in (Origin.QUESTION, Origin.KEY_RESPONSE):
        assert not Scope.of(None, None).holds(replace(passage, origin=origin))
        assert Scope.of(None, [origin]).is_empty


def test_a_scope_holds_its_sections_and_origins_only(library: Library) -> None:
    scope = Scope.of(["key_findings"], [Origin.TRIAL])
    held = [passage for passage in library.passages("cartitude-4") if scope.holds(passage)]
    assert len(held) == 4
    assert {passage.section for passage in held} == {"key_findings"}
