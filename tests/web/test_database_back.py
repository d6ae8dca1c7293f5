"""The database drops every line while many ask for pages: do they come back by themselves?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx
import pytest
from django.conf import settings
from django.db import connection

from oyez.people import actions as people
from tests.entering import signed_in
from tests.factories import BY
from tests.journeys.house import open_house

MANY = 20


@pytest.fixture
def inside(transactional_db: None) -> Iterator[httpx.Client]:
    reader = people.invite("rae@council.example", name="Rae", role="reader", by=BY)
    name = settings.SESSION_COOKIE_NAME
    cookies = {name: signed_in(reader).cookies[name].value}
    with (
        open_house() as house,
        httpx.Client(base_url=house.address, cookies=cookies, timeout=20) as asking,
    ):
        yield asking


def drop_every_line() -> int:
    """As a restart does, but for the line of this very test."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            " where datname = current_database() and pid != pg_backend_pid()"
        )
        row = cursor.fetchone()
    assert row
    return int(row[0])


def test_after_a_restart_under_load_no_page_stays_broken_and_none_hangs(
    inside: httpx.Client,
) -> None:
    over, answers, dropped = Event(), list[int](), 0

    def ask() -> None:
        while not over.is_set():
            answers.append(inside.get("/messages").status_code)

    with ThreadPoolExecutor(MANY) as crowd:
        asked = [crowd.submit(ask) for _ in range(MANY)]
        for _ in range(5):
            time.sleep(0.5)
            dropped += drop_every_line()
        over.set()
    assert [one.exception() for one in asked] == [None] * MANY
    assert dropped > 0
    assert set(answers) <= {200, 503}
    with ThreadPoolExecutor(MANY) as crowd:
        after = list(crowd.map(lambda _: inside.get("/messages").status_code, range(2 * MANY)))
    assert after == [200] * (2 * MANY)
