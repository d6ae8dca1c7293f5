"""How do we save a result while the database is away? By insisting: a sent post must not look
unsent.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg
from django.db import InterfaceError, OperationalError, connection

T = TypeVar("T")
log = logging.getLogger(__name__)

INSIST_FOR = 300.0  # seconds
_PAUSE = 0.5


def insist(save: Callable[[], T]) -> T:
    """Run `save` until the database takes it, for up to five minutes. It must be safe to repeat."""
    give_up = time.monotonic() + INSIST_FOR
    while True:
        try:
            return save()
        except (OperationalError, InterfaceError, psycopg.OperationalError) as error:
            if time.monotonic() > give_up or connection.in_atomic_block:
                raise
            log.warning("The database is away (%s); saving again in a moment.", error)
            connection.close()
            time.sleep(_PAUSE)
