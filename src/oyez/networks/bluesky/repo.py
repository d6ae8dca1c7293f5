"""What was written into a repository since we last looked? Pure.

Source: the repository and sync specifications at atproto.com: blocks of DAG-CBOR in a CAR file,
held together by a tree whose entries name each record. Of a part of a repository only the new
blocks come: a record whose block is there was made or changed.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from oyez.networks.bluesky.cbor import Cid, Senseless, decoded

_IDENTITY = (1, 0x71, 0x12, 32)  # a CID: its version, DAG-CBOR, SHA-256 and its length
_CID_BYTES = 36
_LONGEST_PATH = 850  # of a collection, a stroke and a key
_DEEPEST = 64  # a tree of a million records has some ten layers


class Record(NamedTuple):
    """One record as it stands now: `path` is collection and key, `version` names its bytes."""

    path: str
    version: str
    value: Mapping[str, Any]


def written(car: bytes) -> list[Record]:
    """The records whose blocks are in this CAR file. Raises Senseless where it is none."""
    try:
        header, *parts = _parts(car)
        tree = _Tree({part[:_CID_BYTES]: part[_CID_BYTES:] for part in parts if _named(part)})
        return [*tree.records(tree.value(decoded(header)["roots"][0])["data"], _DEEPEST)]
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise Senseless("This is no part of a repository.") from error


def _parts(car: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(car):
        size, at = _length(car, at)
        if size == 0 or at + size > len(car):
            raise Senseless("A block is cut short.")
        yield car[at : at + size]
        at += size


def _length(car: bytes, at: int) -> tuple[int, int]:
    """An unsigned varint, seven bits a byte, and where it ends."""
    number = shift = 0
    while at < len(car) and shift < 63:
        number |= (car[at] & 127) << shift
        if not car[at] & 128:
            return number, at + 1
        at, shift = at + 1, shift + 7
    raise Senseless("A length does not end.")


def _named(part: bytes) -> bool:
    return tuple(part[:4]) == _IDENTITY and len(part) > _CID_BYTES


class _Tree:
    """Blocks by their names. Each is read once, however often it is named."""

    def __init__(self, blocks: dict[bytes, bytes]) -> None:
        self._blocks, self._values = blocks, dict[bytes, Any]()

    def value(self, cid: object) -> Any:
        """What that block says. Raises KeyError where it is not here."""
        if not isinstance(cid, Cid):
            raise Senseless("A block is named by something else.")
        if cid not in self._values:
            self._values[cid] = decoded(self._blocks[cid])
        return self._values[cid]

    def records(self, node: object, depth: int) -> Iterator[Record]:
        """Those below this node; below one that is not here, nothing has changed."""
        if node not in self._blocks:
            return
        if not depth:
            raise Senseless("The tree is too deep.")
        said, path = decoded(self._blocks.pop(node)), b""  # in a tree, each is named once
        yield from self.records(said.get("l"), depth - 1)
        for entry in said["e"]:
            path = path[: entry["p"]] + entry["k"]
            if len(path) > _LONGEST_PATH:
                raise Senseless("A path is too long.")
            yield from self._record(path.decode(), entry["v"])
            yield from self.records(entry.get("t"), depth - 1)

    def _record(self, path: str, cid: Cid) -> Iterator[Record]:
        if cid in self._blocks and isinstance(value := self.value(cid), dict):
            yield Record(path, version(cid), value)


def version(cid: bytes) -> str:
    """As servers write it."""
    return "b" + b32encode(cid).decode().lower().rstrip("=")
