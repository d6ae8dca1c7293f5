"""Feeds, lists and warnings built to cost the reader its time, its memory or its life."""

from __future__ import annotations

import resource
import time
from itertools import islice

from bench.faults.contract import Asked, Found, NotHeld, Row
from oyez.formats.contract import Limits
from oyez.formats.nursery import nursery
from tests.outside.bombs import BOMBS
from tests.outside.mutating import inputs
from tests.outside.parsers import PARSERS

DOCUMENTS = 2_000
READERS = ("feed", "opml", "cap")


def run(asked: Asked) -> Found:
    feed = PARSERS["feed"]
    feed.ends_well(b"<rss version='2.0'><channel/></rss>")
    minder, slowest, read = nursery.pid, 0.0, 0
    documents = [(feed, bomb()) for bomb in BOMBS.values()]
    for name in READERS:
        parser = PARSERS[name]
        more = inputs(parser.seeds(), parser.dictionary, asked.seed)
        number = (asked.deliveries or DOCUMENTS) // len(READERS)
        documents += [(feed, content) for content in islice(more, number)]
    for parser, content in documents:
        began = time.monotonic()
        parser.ends_well(content)
        slowest, read = max(slowest, time.monotonic() - began), read + 1
    found = {
        "documents": read,
        "bombs": len(BOMBS),
        "slowest_seconds": round(slowest, 1),
        "processor_cap_seconds": Limits().cpu_seconds,
        "memory_cap_mb": Limits().memory_bytes // 1024**2,
        "our_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "readers_lost": int(nursery.pid != minder),
    }
    if found["readers_lost"] or slowest > Limits().wall_seconds + 2:
        raise NotHeld(found, "The reader died, or a document took longer than it may.")
    return found


ROW = Row(18, "No feed costs more than 5 s and 512 MB, and the reader lives on", run)
