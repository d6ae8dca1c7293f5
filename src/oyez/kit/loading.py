"""What a process loads as it starts stays until it ends: nobody looks through it for garbage.

The collector would go through all of it while it comes, now and then while it is there, and once
more as the process ends: of a short command that was almost half.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def to_stay() -> Iterator[None]:
    """What is loaded within is kept out of the collector's sight, by the first who does so."""
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
        gc.enable()
