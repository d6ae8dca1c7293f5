"""When is something due next? Timers that sleep until the moment, and wake when the bell rings.

Waiting lives in columns (`due_at`, `ready_at`, `next_poll_at`), never in the queue. A timer asks
for the next moment, sleeps until then or until NOTIFY, at most five seconds, and does what is due.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import psycopg
from asgiref.sync import sync_to_async
from django.db import close_old_connections

from oyez.deliveries import moment
from oyez.ledger.moment import database_now

log = logging.getLogger(__name__)

LONGEST_SLEEP = 5.0  # seconds; a missed bell costs at most this
OVERDUE_PAUSE = 0.5  # due, but held back by something a bell will announce
AFTER_TROUBLE = 2.0


@dataclass(frozen=True, slots=True)
class Timer:
    """`work` does what is due and says how much that was; `next_moment` says when to come again.

    `hears`: which ring of the bell wakes it. `wakes`: which ring its own work is as good as.
    """

    name: str
    work: Callable[[], int]
    next_moment: Callable[[], datetime | None]
    hears: str = moment.DELIVERIES
    wakes: str = ""


class Bell:
    """One LISTEN connection that wakes the timers; each ring says whom it is for."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def hearer(self, ring: str) -> asyncio.Event:
        event = asyncio.Event()
        self._waiting[ring].add(event)
        return event

    def strike(self, ring: str) -> None:
        for event in self._waiting[ring]:
            event.set()

    async def listen(self) -> None:
        """Listen for ever; while the database is away the timers wake by themselves."""
        while True:
            try:
                await self._listen_once()
            except psycopg.Error as error:
                log.warning("The bell is silent (%s); listening again in a moment.", error)
                await asyncio.sleep(AFTER_TROUBLE)

    async def _listen_once(self) -> None:
        line = await psycopg.AsyncConnection.connect(moment.address(), autocommit=True)
        async with line:
            await line.execute(f"LISTEN {moment.BELL}")
            async for said in line.notifies():
                self.strike(said.payload)


async def keep(timer: Timer, bell: Bell) -> None:
    """Run one timer for ever. Trouble is logged and never ends it."""
    rung = bell.hearer(timer.hears)
    while True:
        rung.clear()
        try:
            pause = await _in_thread(partial(_work_off, timer))
        except Exception:  # a timer that stops would stop the house silently
            log.exception("The timer “%s” had trouble; it goes on.", timer.name)
            pause = AFTER_TROUBLE
        if pause:
            try:
                await asyncio.wait_for(rung.wait(), timeout=pause)
            except TimeoutError:
                continue
        else:
            bell.strike(timer.wakes)


def _work_off(timer: Timer) -> float:
    """Do what is due; seconds until the next moment."""
    try:
        if timer.work():
            return 0.0
        at = timer.next_moment()
        if at is None:
            return LONGEST_SLEEP
        seconds = (at - database_now()).total_seconds()
        return min(LONGEST_SLEEP, seconds) if seconds > 0 else OVERDUE_PAUSE
    finally:
        close_old_connections()


async def _in_thread(work: Callable[[], float]) -> float:
    return await sync_to_async(work, thread_sensitive=False)()
