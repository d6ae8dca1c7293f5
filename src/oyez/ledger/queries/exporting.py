"""The record to take away: every link with its event, the heads included, so that somebody else can
verify it without the database (checked.py).

A part of it is one piece of the chain, from the first link that falls into the time asked for to
the last: a line that is taken out of the file shows.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.conf import settings
from django.db import connection

from oyez.kit import clock
from oyez.ledger.events import saying
from oyez.ledger.models import Unlinked

FORMATS = ("jsonl", "csv")
AT_ONCE = 1000  # links in memory
COLUMNS = (
    *("position", "at", "what", "kind", "on_kind", "on_id", "by_kind", "by_id", "by_name"),
    *("why", "data", "linked_at", "digest", "head"),
)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
_BOUNDS = """
select coalesce(min(l.position), 0), coalesce(max(l.position), -1)
from ledger_link l join ledger_event e on e.id = l.event
where (%(since)s::timestamptz is null or e.at >= %(since)s)
    and (%(until)s::timestamptz is null or e.at < %(until)s)
"""
_LINKS = """
select l.position, l.linked_at, l.digest, l.head, b.head,
    e.id, e.kind, e.on_kind, e.on_id, e.by_kind, e.by_id, e.at, e.data, n.name, n.salt, n.signature
from ledger_link l join ledger_event e on e.id = l.event join ledger_name n on n.id = l.name_id
    left join ledger_link b on b.position = l.position - 1
where l.position between %s and %s order by l.position
"""


@dataclass(frozen=True, slots=True)
class Part:
    """Which links an export holds, both ends included."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


def part(since: datetime | None, until: datetime | None) -> Part:
    """The piece of the chain with everything that happened in this time; all of it unless said."""
    with connection.cursor() as cursor:
        cursor.execute(_BOUNDS, {"since": since, "until": until})
        row = cursor.fetchone()
    return Part(*row) if row else Part(0, -1)


def lines(part: Part, format_: str) -> Iterator[str]:
    """The file, line by line; only a few links are in memory at any time."""
    return _csv(part) if format_ == "csv" else _jsonl(part)


def _jsonl(part: Part) -> Iterator[str]:
    house = settings.OYEZ.organisation or settings.OYEZ.url
    yield _line({"record": "oyez", "format": 1, "house": house, "at": clock.now()})
    last: dict[str, Any] = {}
    for last in _links(part):
        yield _line(last)
    end = {"position": last.get("position", 0), "head": last.get("head", "")}
    waiting = Unlinked.objects.count()
    yield _line({"end": True, "lines": len(part), **end, "waiting": waiting})


def _csv(part: Part) -> Iterator[str]:
    yield _row(COLUMNS)
    for link in _links(part):
        event = link["event"]
        who, on, data = event["by"], event["on"], event["data"]
        yield _row(
            (
                *(link["position"], event["at"], event["says"], event["kind"], on["kind"]),
                *(on["id"], who["kind"], who["id"], who["name"], data.get("why", "")),
                *(_line(data).strip(), link["linked_at"], link["digest"], link["head"]),
            )
        )


def _links(part: Part) -> Iterator[dict[str, Any]]:
    """Asked for anew for each thousand: links never change, and no transaction stands open while
    somebody’s slow line takes the file.
    """
    for start in range(part.first, part.last + 1, AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(_LINKS, [start, min(start + AT_ONCE - 1, part.last)])
            yield from map(_link, cursor.fetchall())


def _link(row: tuple[Any, ...]) -> dict[str, Any]:
    position, linked_at, digest, head, before, *event = row
    pk, kind, on_kind, on_id, by_kind, by_id, at, data, name, salt, signature = event
    who = {"kind": by_kind, "id": by_id, "name": name}
    return {
        "position": position,
        "linked_at": linked_at,
        "before": (before or bytes(32)).hex(),
        "digest": digest.hex(),
        "head": head.hex(),
        "event": {
            "id": pk,
            "at": at,
            "kind": kind,
            "says": saying(kind),
            "on": {"kind": on_kind, "id": on_id},
            "by": {**who, "salt": salt.hex(), "signature": signature.hex()},
            "data": json.loads(data),
        },
    }


def _line(said: object) -> str:
    return json.dumps(said, default=_moment, ensure_ascii=False) + "\n"


def _moment(at: datetime) -> str:
    return at.isoformat()


def _row(cells: tuple[object, ...]) -> str:
    out = StringIO()
    csv.writer(out).writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(value: object) -> str:
    """Nothing that a spreadsheet would take for a formula and carry out."""
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text
