"""What does a block say? It is written in DAG-CBOR: CBOR with whole lengths, and links. Pure.

Source: the DAG-CBOR specification at ipld.io.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from cbor2 import CBORDecodeError, CBORDecoder

_LINK = 42
_DEEPEST = 100  # values in values


class Senseless(ValueError):
    """These bytes are not what they should be."""


class Cid(bytes):
    """A link to the block of that name."""


def decoded(block: bytes) -> Any:
    """What a block says. Raises Senseless where it says nothing."""
    told = BytesIO(block)
    reader = CBORDecoder(
        told,
        semantic_decoders=_Tags({_LINK: _link}),
        max_depth=_DEEPEST,
        allow_indefinite=False,
        allow_duplicate_keys=False,
        strict_hashable_types=True,
    )
    try:
        value = reader.decode()
    except CBORDecodeError as error:
        raise Senseless(str(error)) from error
    if told.tell() != len(block):
        raise Senseless("Something stands behind the value.")
    return value


def _link(value: Any, _: bool) -> Cid:
    if not isinstance(value, bytes) or value[:1] != b"\0":
        raise Senseless("A link leads nowhere.")
    return Cid(value[1:])


def _refused(value: Any, _: bool) -> Any:
    raise Senseless("This kind of value is none of DAG-CBOR.")


class _Tags(dict[int, Callable[[Any, bool], Any]]):
    """Without it dates, patterns and values that hold themselves would be read too."""

    def __missing__(self, tag: int) -> Callable[[Any, bool], Any]:
        return _refused
