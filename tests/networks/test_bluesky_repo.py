"""The blocks of a repository, read from a server that may send anything."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oyez.networks.bluesky import cbor, repo
from oyez.networks.bluesky.cbor import Cid, Senseless


def encoded(value: object) -> bytes:
    """DAG-CBOR, written by the specification."""
    match value:
        case None | True | False:
            return b"\xf6" if value is None else b"\xf5" if value else b"\xf4"
        case Cid():
            return b"\xd8\x2a" + encoded(b"\0" + bytes(value))
        case int():
            return _head(0, value) if value >= 0 else _head(1, -1 - value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case list():
            return _head(4, len(value)) + b"".join(map(encoded, value))
        case dict():
            parts = [encoded(key) + encoded(said) for key, said in value.items()]
            return _head(5, len(value)) + b"".join(parts)
    raise TypeError(value)


def _head(kind: int, count: int) -> bytes:
    if count < 24:
        return bytes([kind << 5 | count])
    size = next(place for place in range(4) if count < 256 ** (1 << place))
    return bytes([kind << 5 | 24 + size]) + count.to_bytes(1 << size, "big")


def block(value: object) -> tuple[Cid, bytes]:
    data = encoded(value)
    return Cid(b"\x01\x71\x12\x20" + sha256(data).digest()), data


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def car(root: Cid, *blocks: tuple[Cid, bytes]) -> bytes:
    header = encoded({"version": 1, "roots": [root]})
    parts = [header, *(bytes(cid) + data for cid, data in blocks)]
    return b"".join(varint(len(part)) + part for part in parts)


def entry(path: str, cid: Cid, shared: int = 0, below: Cid | None = None) -> dict[str, object]:
    return {"p": shared, "k": path[shared:].encode(), "v": cid, "t": below}


POST = block({"$type": "app.bsky.feed.post", "text": "Coins"})
OTHER = block({"text": "Not in this part"})
LEAF = block({"l": None, "e": [entry("app.bsky.feed.post/3b", POST[0])]})
ROOT = block(
    {
        "l": OTHER[0],
        "e": [
            entry("app.bsky.feed.post/3a", OTHER[0], below=LEAF[0]),
            entry("app.bsky.feed.post/3c", POST[0], shared=20),
        ],
    }
)
COMMIT = block({"did": "did:plc:x", "rev": "3", "data": ROOT[0], "prev": None, "sig": b"s"})
WHOLE = car(COMMIT[0], COMMIT, ROOT, LEAF, POST)


def paths(data: bytes) -> list[str]:
    return [one.path for one in repo.written(data)]


def test_what_is_new_is_found_in_every_branch_and_what_is_not_there_is_left_out() -> None:
    found = repo.written(WHOLE)
    assert [one.path for one in found] == ["app.bsky.feed.post/3b", "app.bsky.feed.post/3c"]
    assert {one.value["text"] for one in found} == {"Coins"}
    assert found[0].version == repo.version(POST[0])
    assert found[0].version.startswith("bafyrei")


@given(some.integers(0, len(WHOLE) - 1))
def test_what_is_cut_short_tells_of_no_more(end: int) -> None:
    with suppress(Senseless):
        assert set(paths(WHOLE[:end])) <= set(paths(WHOLE))


@given(some.binary(max_size=400))
def test_rubbish_is_senseless_and_nothing_else(data: bytes) -> None:
    with pytest.raises(Senseless):
        repo.written(data)


@given(some.integers(0, len(WHOLE) - 1), some.integers(0, 255))
def test_one_wrong_byte_raises_nothing_else(place: int, byte: int) -> None:
    data = bytearray(WHOLE)
    data[place] = byte
    with suppress(Senseless):
        repo.written(bytes(data))


def test_a_tree_that_holds_itself_ends() -> None:
    cid = Cid(b"\x01\x71\x12\x20" + bytes(32))
    commit = block({"data": cid})
    assert paths(car(commit[0], commit, (cid, encoded({"l": cid, "e": []})))) == []


@pytest.mark.parametrize("layers", [100, 5_000])
def test_what_is_too_deep_is_senseless(layers: int) -> None:
    below, blocks = None, [POST]
    for _ in range(layers):
        blocks.append(block({"l": below, "e": []}))
        below = blocks[-1][0]
    commit = block({"data": below})
    nested = Cid(POST[0])
    for one in (car(commit[0], commit, *blocks), car(nested, (nested, b"\x81" * 9_999 + b"\xf6"))):
        with pytest.raises(Senseless):
            repo.written(one)


def test_a_tree_that_names_each_node_many_times_is_read_once() -> None:
    """Else two to the hundred and eightieth records in some kilobytes."""
    below, blocks = None, [POST]
    for _ in range(60):
        entries = [entry(f"c/{one}", POST[0], below=below) for one in "abcdefgh"]
        blocks.append(block({"l": below, "e": entries}))
        below = blocks[-1][0]
    commit = block({"data": below})
    assert len(paths(car(commit[0], commit, *blocks))) == 60 * 8


@pytest.mark.parametrize(
    "value", [0, 23, 24, 255, 256, 2**32, -1, -500, "words", b"bytes", [1, [2]], {"a": {"b": None}}]
)
def test_each_kind_of_value_is_read_as_it_was_written(value: object) -> None:
    assert cbor.decoded(encoded(value)) == value


@pytest.mark.parametrize(
    "data", [b"", b"\x1f", b"\x9f\xff", b"\xd8\x2b\x40", b"\xd8\x1c\x80", b"\x01\x01"]
)
def test_what_is_not_of_the_language_is_refused(data: bytes) -> None:
    with pytest.raises(Senseless):
        cbor.decoded(data)
