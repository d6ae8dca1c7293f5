"""Is it seen on every page that the disk fills, and what happens to what cannot be saved?"""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from oyez.kit import clock
from oyez.kit.disk import MB
from oyez.ledger.actor import Refusal
from oyez.library import actions as library
from oyez.people.rules import console
from oyez.project import worker
from oyez.web import failures
from tests.cli.test_verbs import oyez
from tests.factories import a_worker_lives
from tests.formats import gallery
from tests.web.conftest import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]

Left = Callable[[int], None]


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> Left:
    """So many MB of a large disk. A real one is filled by `./run bench faults --rows 9`."""

    def are(megabytes: int) -> None:
        usage = SimpleNamespace(total=10**12, free=megabytes * MB)
        monkeypatch.setattr("oyez.kit.disk.shutil.disk_usage", lambda folder: usage)

    return are


def test_every_page_says_so_to_those_inside_and_stops_saying_so(
    reader: Client, client: Client, left: Left
) -> None:
    left(1_500)
    assert "The disk has 1500 MB left." in page(reader.get("/messages"))
    left(300)
    assert "no pictures or films are taken in; messages still go out" in page(reader.get("/"))
    left(3)
    assert "The disk is full." in page(reader.get("/settings"))
    assert "The disk is full." not in page(client.get("/sign-in"))
    left(5_000)
    assert "The disk" not in page(reader.get("/messages"))


def test_health_says_so_and_is_not_well(client: Client, left: Left) -> None:
    a_worker_lives()
    left(1_500)
    assert client.get("/health").json()["disk"] == {"level": "low", "free_mb": 1500}
    assert oyez("health").exit_code == 0
    left(300)
    assert client.get("/health").status_code == 503
    said = oyez("health")
    assert (said.exit_code, "The disk has 300 MB left" in said.output) == (1, True)


def test_what_is_left_is_kept_for_what_is_due(left: Left, monkeypatch: pytest.MonkeyPatch) -> None:
    polled: list[int] = []
    monkeypatch.setattr(worker.feeds, "poll_due", lambda by: polled.append(1) or 1)
    left(300)
    assert not worker._poll()
    with pytest.raises(Refusal, match="no pictures or films are taken in"):
        library.upload(gallery.a_picture("PNG"), "a.png", by=console("tester"))
    left(1_500)
    assert worker._poll() == len(polled) == 1


def test_a_page_that_only_shows_writes_nothing_on_a_full_disk(reader: Client, left: Left) -> None:
    session, earlier = reader.session, (clock.now() - timedelta(minutes=5)).isoformat()
    session["oyez_seen_at"] = earlier
    session.save()
    left(3)
    reader.get("/messages")
    assert reader.session["oyez_seen_at"] == earlier
    left(5_000)
    reader.get("/messages")
    assert reader.session["oyez_seen_at"] > earlier


def refused() -> OperationalError:
    error = OperationalError("could not extend file")
    error.__cause__ = psycopg.errors.DiskFull("could not extend file")
    return error


@pytest.mark.parametrize(
    ("error", "free", "status"),
    [
        (refused(), 5_000, 507),  # a disk that we cannot see
        (OperationalError("the server closed the connection"), 3, 507),
        (OperationalError("the server closed the connection"), 5_000, 503),
        (OSError(errno.ENOSPC, "No space left on device"), 5_000, 507),
        (OSError(errno.EIO, "Input/output error"), 5_000, 500),
        (RuntimeError("on purpose"), 3, 500),
    ],
)
def test_what_was_not_saved_is_said_in_a_sentence(
    error: Exception, free: int, status: int, left: Left, rf: RequestFactory
) -> None:
    left(free)
    try:
        raise error
    except Exception:  # noqa: BLE001  (as Django does it)
        answer = failures.broken(rf.post("/write"))
    assert answer.status_code == status
    assert ("was not saved" in answer.content.decode()) == (status == 507)
