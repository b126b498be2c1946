"""Beside a refuted claim that is quoted stands the trial's own result, which refutes it."""

from pathlib import Path

import anyio

from journal_club.answering.case import Ask
from journal_club.club import open_club
from journal_club.settings import ChatSettings, Settings
from tests.statistics.pages import page

RESULT = "Falls within a year: 14/88 (15.9%) with exercise, 27/86 (31.4%) with surgery (risk ratio 0.51; 95% CI 0.29-0.90)."
CLAIM = "Exercise brought a 59% relative reduction in falls. Falls were less common with exercise than with surgery."


def test_a_refuted_reduction_is_not_quoted_alone(tmp_path: Path) -> None:
    club = open_club(Settings(data_dir=tmp_path, chat=ChatSettings(endpoint="none")))
    club.library.ingest("knee", page(RESULT, significance=CLAIM))
    answer = anyio.run(
        club.answer, Ask(question="What was the relative reduction in falls with exercise?", persona="fellow", paper_id="knee")
    )
    club.library.close()
    quoted = " ".join(one.text for one in answer.statements)
    assert "59%" in quoted
    assert "risk ratio 0.51" in quoted
    assert [one.kind for one in answer.conflicts] == ["reduction"]
