"""What does a worker process do? Its lanes take jobs, its timers release what is due.

Each lane has its own hands, so that a flood in one never starves another: unknown outcomes are
settled while ten thousand new posts go out.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from asgiref.sync import sync_to_async
from django.conf import settings
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app

from oyez.channels import actions as channel_actions
from oyez.deliveries import actions as deliveries
from oyez.deliveries import jobs as delivery_jobs
from oyez.deliveries import moment, shift
from oyez.deliveries import queries as delivery_queries
from oyez.feeds import actions as feeds
from oyez.feeds import queries as feed_queries
from oyez.ledger import actions as ledger
from oyez.ledger.actor import Refusal
from oyez.ledger.jobs import rescue_at_start
from oyez.ledger.moment import database_now
from oyez.notices import actions as notices
from oyez.notices import jobs as notice_jobs
from oyez.notices import queries as notice_queries
from oyez.people.rules import job
from oyez.practice.opening import open_practice
from oyez.project.pooling import close_shared, share_connections
from oyez.project.timers import Bell, Timer, keep

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lane:
    queue: str
    hands: int


MAIL = "mail"
RECORD = "record"
FEEDS = "feeds"  # a poll may bring items whose time has come already
LANES = (
    Lane("publish", 16),
    Lane("looks", 4),
    Lane("flow", 4),
    Lane("checks", 2),
    Lane("watch", 2),
    Lane("notices", 2),
    Lane(MAIL, 2),
    Lane("upkeep", 2),
)


def _promote() -> int:
    deliveries.withhold_late(by=job("deliveries"))
    return deliveries.promote(delivery_jobs.publish)


def _settle() -> int:
    deliveries.doubt_orphans()
    deliveries.doubt_restored()
    return deliveries.hand_out_looks(delivery_jobs.look)


def _poll() -> int:
    """Nothing new is fetched into a nearly full disk: what is left is for what is due."""
    return 0 if settings.OYEZ.disk().short else feeds.poll_due(by=job("feeds"))


def _in_a_second() -> datetime:
    """Events ring no bell for their links: all that happens would wait in one row for it."""
    return database_now() + timedelta(seconds=1)


TIMERS = (
    Timer("deliveries", _promote, delivery_queries.next_moment),
    Timer("unknown outcomes", _settle, delivery_queries.next_look),
    Timer("items", lambda: feeds.release_due(by=job("feeds")), feed_queries.next_release, FEEDS),
    Timer("feeds", _poll, feed_queries.next_poll, FEEDS, FEEDS),
    Timer("e-mail", lambda: notices.hand_out(notice_jobs.deliver), notice_queries.next_mail, MAIL),
    Timer("record", ledger.chain, _in_a_second, RECORD),
)
THREADS = sum(lane.hands for lane in LANES) + len(TIMERS) + 2
QUEUE = 2 * len(LANES) + 2  # connections on which the lanes wait for work
CONNECTIONS = THREADS + QUEUE + 2  # at most, with the lock that says we live, and the bell


class LaneEnded(RuntimeError):
    """A lane gave up, as it does when the database stays away. A fresh process starts clean."""


def run() -> None:
    """Work until told to stop; what is in hand is finished first (up to 25 seconds)."""
    share_connections(at_least=2, at_most=THREADS)
    channel_actions.open_our_own(by=job("channels"))
    shift.number()
    connections = PsycopgConnector(conninfo=moment.address(), min_size=len(LANES), max_size=QUEUE)
    try:
        with app.replace_connector(connections):
            asyncio.run(_work())
    finally:
        shift.end()
        close_shared()


async def _work() -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="oyez"))
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stopping.set)
    async with app.open_async():
        await rescue_at_start(sync_to_async(shift.is_alone, thread_sensitive=False))
        bell = Bell()
        timers = [asyncio.create_task(keep(timer, bell)) for timer in TIMERS]
        timers.append(asyncio.create_task(bell.listen()))
        timers.append(asyncio.create_task(_open_practice()))
        lanes = [asyncio.create_task(_lane(lane)) for lane in LANES]
        stop = asyncio.create_task(stopping.wait())
        await asyncio.wait([stop, *lanes], return_when=asyncio.FIRST_COMPLETED)
        await _finish(timers, lanes)
    if not stopping.is_set():
        raise LaneEnded("A lane of the worker ended by itself; starting afresh.")


async def _open_practice() -> None:
    """Link practice once its server answers; both start at the same time."""
    while settings.OYEZ.practice:
        try:
            await sync_to_async(open_practice, thread_sensitive=False)(by=job("practice"))
            return
        except Refusal as refusal:
            log.info("Practice is not there yet: %s", refusal)
            await asyncio.sleep(1)


async def _lane(lane: Lane) -> None:
    await app.run_worker_async(
        queues=[lane.queue], concurrency=lane.hands, name=lane.queue, install_signal_handlers=False
    )


async def _finish(timers: list[asyncio.Task[None]], lanes: list[asyncio.Task[None]]) -> None:
    """Let nothing new out; the lanes finish what they hold."""
    for task in (*timers, *lanes):
        task.cancel()
    await asyncio.gather(*timers, *lanes, return_exceptions=True)
