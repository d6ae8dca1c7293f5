"""A worker's shared connections outlive the death of the database's end of them."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import close_old_connections, connection

from oyez.deliveries import moment
from oyez.project.pooling import close_shared, share_connections

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shared(transactional_db: None) -> Iterator[None]:
    # One and no more: a pool that may grow opens a second when the first is not there at once.
    share_connections(at_least=1, at_most=1)
    yield
    close_shared()


def backend() -> int:
    """The server's process behind our connection, which is given back at the end of a job."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (pid,) = cursor.fetchone()
    close_old_connections()
    return int(pid)


def test_the_next_job_finds_the_connection_of_the_last_one() -> None:
    assert backend() == backend()


def test_a_connection_that_died_while_nobody_used_it_is_replaced() -> None:
    before = backend()
    with psycopg.connect(moment.address(), autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s, 5000)", [before])
    assert backend() != before
