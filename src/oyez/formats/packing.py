"""How does what a limited child found, or its refusal, travel to us? As JSON and bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from oyez.formats.contract import (
    Alert,
    Document,
    Entry,
    FormatError,
    NotAFeed,
    ReaderDown,
    Subscription,
    TooHeavy,
    Unfit,
)

HEAD = struct.Struct("!I")
"""Before a request: the length of its facts in JSON, which the bytes of the document follow."""

LAST_WORD = struct.Struct("!4si")
"""After an answer: b"end!" and the child's wait status, added by the process that forked it."""

FAILED, OUT_OF_MEMORY = 1, 2
"""Exit codes of a child that gave no answer: by a fault of ours, and by the memory limit."""

_REFUSALS: dict[str, type[FormatError]] = {
    "NotAFeed": NotAFeed,
    "Unfit": Unfit,
    "TooHeavy": TooHeavy,
}


def pack(document: Document) -> bytes:
    """The document as UTF-8 JSON; times are seconds since 1970."""
    told = {name: getattr(document, name) for name in Document.__slots__ if name != "entries"}
    told["entries"] = [_pack_entry(entry) for entry in document.entries]
    return json.dumps(told, ensure_ascii=False).encode()


def pack_refusal(refusal: FormatError, detail: str = "") -> bytes:
    """The refusal with its one sentence; `detail` is for the log."""
    told = {"refusal": type(refusal).__name__, "why": str(refusal), "detail": detail[:500]}
    return json.dumps(told).encode()


def unpack(data: bytes) -> Document:
    """The document; raises the refusal where the child refused, the detail as a note on it."""
    told = _unrefused(data)
    entries = tuple(_unpack_entry(entry) for entry in told.pop("entries"))
    return Document(entries=entries, **told)


def pack_list(found: Sequence[Subscription]) -> bytes:
    """A list of feeds as UTF-8 JSON."""
    told = {"feeds": [(one.name, one.url) for one in found]}
    return json.dumps(told, ensure_ascii=False).encode()


def unpack_list(data: bytes) -> tuple[Subscription, ...]:
    """What pack_list packed; raises the refusal where the child refused."""
    return tuple(Subscription(*one) for one in _unrefused(data)["feeds"])


def pack_parcel(facts: Mapping[str, Any], content: bytes = b"") -> bytes:
    """Facts in JSON, and bytes that go with them."""
    told = json.dumps({**facts, "size": len(content)}, ensure_ascii=False).encode()
    return told + b"\n" + content


def unpack_parcel(data: bytes) -> tuple[dict[str, Any], bytes]:
    """What pack_parcel packed; raises the refusal where the child refused."""
    head, _, content = data.partition(b"\n")
    told = _unrefused(head)
    if told.pop("size") != len(content):
        raise ReaderDown("The answer of our own process was cut short; try again.")
    return told, content


def _unrefused(data: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(data)
    if "refusal" in told:
        refusal = _REFUSALS[told["refusal"]](told["why"])
        if told["detail"]:
            refusal.add_note(told["detail"])
        raise refusal
    return told


def _pack_entry(entry: Entry) -> list[Any]:
    return [_packed(getattr(entry, name)) for name in Entry.__slots__]


def _packed(value: Any) -> Any:
    if isinstance(value, Alert):
        return [_packed(getattr(value, name)) for name in Alert.__slots__]
    return value.timestamp() if isinstance(value, datetime) else value


def _unpack_entry(values: list[Any]) -> Entry:
    told = _with_moments(Entry.__slots__, values, "published_at", "updated_at")
    if told["alert"] is not None:
        told["alert"] = _unpack_alert(told["alert"])
    return Entry(**{**told, "tags": tuple(told["tags"])})


def _unpack_alert(values: list[Any]) -> Alert:
    told = _with_moments(Alert.__slots__, values, "effective", "expires")
    return Alert(**{**told, "references": tuple(told["references"])})


def _with_moments(names: Sequence[str], values: list[Any], *moments: str) -> dict[str, Any]:
    told = dict(zip(names, values, strict=True))
    for name in moments:
        if told[name] is not None:
            told[name] = datetime.fromtimestamp(told[name], UTC)
    return told
