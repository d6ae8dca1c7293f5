"""How is a block written? In DAG-CBOR: CBOR with whole lengths, and links to other blocks. Pure.

Source: RFC 8949 and the DAG-CBOR specification at ipld.io. Read here because the blocks come from a
server that may send anything, and no more of the language is needed than this.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

_LINK = 42
_SIMPLE = {0xF4: False, 0xF5: True, 0xF6: None}


class Senseless(ValueError):
    """These bytes are not what they should be."""


class Cid(bytes):
    """A link to the block of that name."""


def decoded(block: bytes) -> Any:
    """What a block says. Raises ValueError or RecursionError where it says nothing."""
    value, end = _value(block, 0)
    if end != len(block):
        raise Senseless("Something stands behind the value.")
    return value


def integer(data: bytes, at: int) -> tuple[int, int]:
    """An unsigned varint, seven bits a byte, and where it ends."""
    number = shift = 0
    while at < len(data) and shift < 63:
        number |= (data[at] & 127) << shift
        if not data[at] & 128:
            return number, at + 1
        at, shift = at + 1, shift + 7
    raise Senseless("A number does not end.")


def _value(data: bytes, at: int) -> tuple[Any, int]:
    if at >= len(data):
        raise Senseless("A value is missing.")
    if data[at] in _SIMPLE:
        return _SIMPLE[data[at]], at + 1
    if data[at] == 0xFB:
        return struct.unpack(">d", _taken(data, at + 1, 8))[0], at + 9
    count, after = _count(data, at)
    return _READERS[data[at] >> 5](data, after, count)


def _count(data: bytes, at: int) -> tuple[int, int]:
    """The number in the head of a value, and where its body begins."""
    short = data[at] & 31
    if short < 24:
        return short, at + 1
    if short > 27:
        raise Senseless("A length is left open.")
    size = 1 << (short - 24)
    return int.from_bytes(_taken(data, at + 1, size), "big"), at + 1 + size


def _taken(data: bytes, at: int, size: int) -> bytes:
    if at + size > len(data):
        raise Senseless("A value is cut short.")
    return data[at : at + size]


def _list(data: bytes, at: int, count: int) -> tuple[list[Any], int]:
    found = []
    for _ in range(count):
        one, at = _value(data, at)
        found.append(one)
    return found, at


def _map(data: bytes, at: int, count: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    for _ in range(count):
        key, at = _value(data, at)
        if not isinstance(key, str):
            raise Senseless("A name is no text.")
        found[key], at = _value(data, at)
    return found, at


def _link(data: bytes, at: int, count: int) -> tuple[Cid, int]:
    value, end = _value(data, at)
    if count != _LINK or not isinstance(value, bytes) or value[:1] != b"\0":
        raise Senseless("A link leads nowhere.")
    return Cid(value[1:]), end


def _nothing(data: bytes, at: int, count: int) -> tuple[Any, int]:
    raise Senseless("This kind of value is none of DAG-CBOR.")


_READERS: tuple[Callable[[bytes, int, int], tuple[Any, int]], ...] = (
    lambda data, at, count: (count, at),
    lambda data, at, count: (-1 - count, at),
    lambda data, at, count: (_taken(data, at, count), at + count),
    lambda data, at, count: (_taken(data, at, count).decode(), at + count),
    *(_list, _map, _link, _nothing),
)
