"""What holds for every page: breaches are noticed, and a page that says no leaves nothing open."""

from __future__ import annotations

import time

import pytest
from django.db import connection

from tests.journeys.house import House
from tests.journeys.walker import Walker


def test_a_breach_of_the_security_policy_is_noticed(visitor: Walker, house: House) -> None:
    visitor.opens("/sign-in")
    visitor.page.set_content("<h1>Ours</h1><p style='color: red'>not ours</p>")
    with pytest.raises(AssertionError, match="Content Security Policy"):
        visitor.looks_around()


def test_a_page_that_is_not_found_lets_go_of_the_database(officer: Walker) -> None:
    before = sessions()
    officer.opens("/messages/999999").reads_the_heading("Page not found")
    until = time.monotonic() + 2
    while sessions() > before and time.monotonic() < until:
        time.sleep(0.1)
    assert sessions() == before


def sessions() -> int:
    """How many others are connected to our database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and backend_type = 'client backend' and pid <> pg_backend_pid()"
        )
        (count,) = cursor.fetchone() or (0,)
    return int(count)
