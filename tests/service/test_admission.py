"""Places, the queue and the deadline."""

import anyio
import pytest

from journal_club.service.admission import Admission
from journal_club.service.errors import AnswerDeadlineError, QueueFullError, ShuttingDownError


async def stay(admission: Admission, s: float = 30) -> None:
    async with admission.place():
        await anyio.sleep(s)


def test_what_takes_too_long_is_cancelled() -> None:
    with pytest.raises(AnswerDeadlineError, match=r"0\.01 seconds"):
        anyio.run(stay, Admission(places=1, queue=0, longest_s=0.01))


def test_one_more_than_may_wait_is_refused_and_the_others_get_their_place() -> None:
    async def run() -> None:
        admission = Admission(places=1, queue=1, longest_s=10)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(stay, admission, 0.05)
            tasks.start_soon(stay, admission, 0)
            await anyio.sleep(0.01)
            with pytest.raises(QueueFullError):
                await stay(admission)

    anyio.run(run)


def test_a_place_is_free_again_after_a_failure() -> None:
    async def run() -> None:
        admission = Admission(places=1, queue=0, longest_s=10)
        with pytest.raises(KeyError):
            async with admission.place():
                raise KeyError
        await stay(admission, 0)

    anyio.run(run)


def test_closing_ends_what_is_open_and_admits_nothing() -> None:
    async def run() -> None:
        admission = Admission(places=1, queue=0, longest_s=10)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(expect_end, admission)
            await anyio.sleep(0.01)
            admission.close(within_s=0.01)
        with pytest.raises(ShuttingDownError):
            await stay(admission)

    async def expect_end(admission: Admission) -> None:
        with pytest.raises(ShuttingDownError):
            await stay(admission)

    anyio.run(run)
