"""A job belongs to the transaction that enqueues it, in the web process and in a worker alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.db import connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.tasks import Task

from oyez.ledger.deferring import defer

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

PARENT, CHILD = "tests.parent", "tests.child"


class Rollback(Exception):
    """The parent thinks better of it."""


def enqueue_and(roll_back: bool, enqueue: Callable[[Task[..., None, ...]], object]) -> None:
    with transaction.atomic():
        enqueue(app.tasks[CHILD])
        if roll_back:
            raise Rollback


@pytest.fixture
def in_a_worker() -> Iterator[Callable[..., None]]:
    """Runs `enqueue_and` inside a job of a worker, which swaps the app's connector."""
    calls: list[tuple[bool, Callable[..., object]]] = []

    def parent() -> None:
        enqueue_and(*calls.pop())

    def run(roll_back: bool, enqueue: Callable[..., object]) -> None:
        calls.append((roll_back, enqueue))
        defer(app.tasks[PARENT])
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(queues=["tests"], wait=False, install_signal_handlers=False)
        assert not calls, "the parent did not run"

    app.task(name=PARENT, queue="tests")(parent)
    app.task(name=CHILD, queue="later")(lambda: None)
    yield run
    connections.close_all()
    del app.tasks[PARENT], app.tasks[CHILD]


def children() -> int:
    return ProcrastinateJob.objects.filter(task_name=CHILD).count()


def here(roll_back: bool, enqueue: Callable[..., object]) -> None:
    """As the web process does."""
    with suppress(Rollback):
        enqueue_and(roll_back, enqueue)


@pytest.mark.parametrize(("roll_back", "left"), [(True, 0), (False, 1)])
def test_in_the_web_process(in_a_worker: Callable[..., None], roll_back: bool, left: int) -> None:
    here(roll_back, defer)
    assert children() == left


@pytest.mark.parametrize(("roll_back", "left"), [(True, 0), (False, 1)])
def test_inside_a_worker(in_a_worker: Callable[..., None], roll_back: bool, left: int) -> None:
    in_a_worker(roll_back, defer)
    assert children() == left


def test_the_stock_defer_would_leave_a_child_behind(in_a_worker: Callable[..., None]) -> None:
    in_a_worker(True, lambda child: child.defer())
    assert children() == 1
