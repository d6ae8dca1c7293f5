"""Timers do what is due, sleep until the next moment, and never end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from oyez.deliveries import moment
from oyez.ledger.moment import database_now
from oyez.project.timers import Bell, Timer, keep

pytestmark = pytest.mark.django_db(transaction=True)


def run_for(seconds: float, *timers: Timer, meanwhile: Callable[[], None] | None = None) -> None:
    """Let timers and their bell run for a while, and something happen in the middle of it."""

    async def house() -> None:
        bell = Bell()
        tasks = [asyncio.create_task(keep(timer, bell)) for timer in timers]
        tasks.append(asyncio.create_task(bell.listen()))
        await asyncio.sleep(seconds / 2)
        if meanwhile:
            await sync_to_async(meanwhile, thread_sensitive=False)()
        await asyncio.sleep(seconds / 2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(house())


def in_an_hour() -> datetime:
    return database_now() + timedelta(hours=1)


def test_work_is_repeated_until_nothing_is_due() -> None:
    left = [3, 2, 1, 0]
    run_for(0.6, Timer("t", lambda: left.pop(0) if left else 0, in_an_hour))
    assert left == []


def test_a_timer_comes_back_at_the_moment_it_was_told() -> None:
    asked: list[datetime] = []
    due = database_now() + timedelta(seconds=0.4)

    def work() -> int:
        asked.append(database_now())
        return 0

    run_for(1.2, Timer("t", work, lambda: due if len(asked) == 1 else in_an_hour()))
    assert len(asked) == 2
    assert timedelta(0) <= asked[1] - due < timedelta(seconds=0.4)


def test_the_bell_wakes_a_sleeping_timer() -> None:
    done: list[int] = []

    def ring() -> None:
        moment.ring()
        connection.close()

    run_for(1.2, Timer("t", lambda: done.append(1) or 0, in_an_hour), meanwhile=ring)
    assert len(done) == 2


def test_the_bell_lets_timers_sleep_that_it_is_not_for() -> None:
    done: list[int] = []

    def ring() -> None:
        moment.ring()
        connection.close()

    timer = Timer("t", lambda: done.append(1) or 0, in_an_hour, hears="feeds")
    run_for(1.2, timer, meanwhile=ring)
    assert len(done) == 1


def test_what_a_timer_has_done_wakes_those_that_go_on_with_it() -> None:
    left, released = [1], list[int]()
    feeds = Timer("feeds", lambda: left.pop() if left else 0, in_an_hour, "feeds", "feeds")
    items = Timer("items", lambda: released.append(1) or 0, in_an_hour, "feeds")
    run_for(1.2, feeds, items)
    assert len(released) == 2


def test_trouble_is_logged_and_never_ends_a_timer(caplog: pytest.LogCaptureFixture) -> None:
    tries: list[int] = []

    def work() -> int:
        tries.append(1)
        raise ZeroDivisionError

    run_for(2.6, Timer("feeds", work, in_an_hour))
    assert len(tries) == 2
    assert "The timer “feeds” had trouble" in caplog.text
