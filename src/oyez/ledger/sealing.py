"""What is kept sealed in the database, and with which seal?

A model that keeps something in a field `sealed`, for the place that its property `place` names,
says so here: new keys reach it then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, models, transaction

from oyez.kit.keys import Keys
from oyez.kit.seal import Seal

WRITING = "oyez seal"  # the lock of whoever writes something sealed: shared
Model = TypeVar("Model", bound=type[models.Model])
_keeping: list[Any] = []


def keeps_sealed(model: Model) -> Model:
    """Stands above such a model."""
    _keeping.append(model)
    return model


def keeping() -> Sequence[Any]:
    """Every such model."""
    return tuple(_keeping)


def keys() -> Keys:
    """Where the keys of the seal come from."""
    found: Keys = settings.OYEZ_SEAL_KEYS
    return found


def seal() -> Seal:
    """The seal as it is at this moment: a rotation is heeded without a restart."""
    return keys().seal()


@contextmanager
def writing() -> Iterator[Seal]:
    """The seal, from before its keys are read until the row is committed: no key goes meanwhile."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock_shared(hashtext(%s))", [WRITING])
        yield seal()
