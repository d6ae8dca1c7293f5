"""How does something happen? Inside act(): allowed, written, recorded and passed on in one
transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from procrastinate.tasks import Task

from oyez.kit import clock
from oyez.ledger.actor import Actor, NotAllowed
from oyez.ledger.deferring import defer
from oyez.ledger.events import Kind
from oyez.ledger.models import Event

LONGEST_NAME = 200  # a feed may be called as long as that, and is then “Feed …”

log = logging.getLogger(__name__)

_listeners: dict[str, list[Task[Any, Any, Any]]] = {}
_with_event: set[str] = set()
_declared = False


class FlowNotDeclared(RuntimeError):
    """project/flow.py has not been read, so nobody would be woken: nothing may happen yet."""


def when(kind: Kind, job: Task[Any, Any, Any], *, with_event: bool = False) -> None:
    """Wake `job` with `on_id` after `kind` has happened. Said in project/flow.py alone.

    `with_event`: wherever it listens, this job also wants `event_id`, to know which time it was.
    """
    if with_event:
        _with_event.add(job.name)
    _listeners.setdefault(kind.name, []).append(job)


def flow_declared() -> None:
    """The last line of project/flow.py."""
    global _declared
    _declared = True


def listeners(kind: Kind) -> list[Task[Any, Any, Any]]:
    return _listeners.get(kind.name, [])


def listener_names(kind: Kind) -> list[str]:
    """Who is woken, as `package.job`: for the documents."""
    paths = [job.name.removeprefix("oyez.") for job in listeners(kind)]
    return sorted(path.replace(".jobs.", ".") for path in paths)


def refuse_unless(kind: Kind, *, on: object, by: Actor) -> None:
    """For what an act begins with, where `on` is not yet, or no longer, what it will be."""
    if not by.may(kind.name, on):
        log.warning("Not allowed: %s by %s %s", kind.name, by.kind, by.id)
        raise NotAllowed(by, kind.says)


@contextmanager
def act(kind: Kind, *, on: models.Model, by: Actor, **data: object) -> Iterator[None]:
    """Do something as `by`: the rows written inside, one Event and one job a listener commit
    together.

    `on` may be saved inside. Raises NotAllowed before anything is done.
    """
    if not _declared:
        raise FlowNotDeclared("Read project/flow.py before acting.")
    refuse_unless(kind, on=on, by=by)
    with transaction.atomic():
        yield
        event = _record(kind, on, by, data)
        for job in listeners(kind):
            which: dict[str, Any] = {"event_id": event.pk} if job.name in _with_event else {}
            defer(job, on_id=on.pk, **which)


def _record(kind: Kind, on: models.Model, by: Actor, data: dict[str, object]) -> Event:
    return Event.objects.create(
        kind=kind.name,
        on_kind=on._meta.label_lower,
        on_id=str(on.pk),
        by_kind=by.kind,
        by_id=str(by.id),
        by_name=by.name[:LONGEST_NAME],
        at=clock.now(),
        data=data,
    )
