"""Pictures and films that are bombs, two things at once, broken, or tell of where they were."""

from __future__ import annotations

import time
from itertools import islice

from bench.faults.contract import Asked, Found, NotHeld, Row
from oyez.formats.pictures import USUAL, studio
from tests.formats import gallery
from tests.outside.mutating import inputs
from tests.outside.parsers import PARSERS

FILES = 600
READERS = ("picture", "film")


def run(asked: Asked) -> Found:
    PARSERS["picture"].ends_well(gallery.a_picture("PNG"))
    minder, slowest, taken, refused = studio.pid, 0.0, 0, 0
    left: list[str] = []
    for name in READERS:
        parser = PARSERS[name]
        more = inputs(parser.seeds(), parser.dictionary, asked.seed)
        for content in [*parser.seeds(), *islice(more, (asked.deliveries or FILES) // 2)]:
            began = time.monotonic()
            try:
                answered = parser.ends_well(content)
            except AssertionError as metadata:
                left.append(f"{name}: {metadata}")
                continue
            taken, refused = taken + answered, refused + (not answered)
            slowest = max(slowest, time.monotonic() - began)
    found = {
        "files": taken + refused + len(left),
        "taken": taken,
        "refused": refused,
        "metadata_left": len(left),
        "slowest_seconds": round(slowest, 1),
        "readers_lost": int(studio.pid != minder),
    }
    if left or found["readers_lost"] or slowest > USUAL.wall_seconds + 2:
        raise NotHeld(found, "\n".join(left) or "The reader died, or a file took too long.")
    return found


ROW = Row(
    19, "No picture or film breaks the reader, or keeps what it tells besides its pixels", run
)
