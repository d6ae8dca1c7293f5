"""What does the record know of a restore? That it was done; and, beside the database, up to where
the chain is still what it was.
"""

from __future__ import annotations

import json
from pathlib import Path

import psycopg

from oyez.emergency.rules import BY_RESTORE
from oyez.kit import clock
from oyez.ledger import rules
from oyez.ledger.anchors import Anchors

_KNOWN = "select to_regclass('public.ledger_event'), to_regclass('public.ledger_link')"
_END = "select coalesce(max(position), 0) from public.ledger_link"
_RESTORED = """
insert into public.ledger_event (kind, on_kind, on_id, by_kind, by_id, by_name, at, data)
values ('ledger.restored', 'ledger.link', %s, 'console', %s, %s, now(), %s)
"""


def record_restore(address: str, data: Path, file: Path) -> int:
    """Note it in the record and beside it; how many links of before the restore are lost."""
    anchors, now = Anchors(data), clock.now()
    with psycopg.connect(address, options="-c search_path=public") as line:
        events, links = line.execute(_KNOWN).fetchone() or (None, None)
        row = line.execute(_END).fetchone() if links else None
        end = int(row[0]) if row else 0
        anchors.restored(end, now, file.name)
        _, lost = rules.standing(anchors.noted())
        gone = lost.get(now.isoformat(), 0)
        if events:
            told = json.dumps({"file": file.name, "lost": gone})
            line.execute(_RESTORED, [str(end), BY_RESTORE, BY_RESTORE, told])
    return gone
