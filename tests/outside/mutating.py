"""Inputs that nobody thought of: seeds, broken as bytes break. The same number, the same inputs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

MOST_BYTES = 200_000


def inputs(seeds: Sequence[bytes], dictionary: Sequence[bytes], seed: int) -> Iterator[bytes]:
    """Without end: a seed with one to six changes in it."""
    chance = random.Random(seed)
    changes = [*_CHANGES, *([_word(dictionary)] * 3 if dictionary else [])]
    while True:
        content = chance.choice(seeds)
        for _ in range(chance.randint(1, 6)):
            content = chance.choice(changes)(content, seeds, chance)[:MOST_BYTES]
        yield content


Change = Callable[[bytes, Sequence[bytes], random.Random], bytes]


def _span(content: bytes, chance: random.Random) -> tuple[int, int]:
    begin = chance.randint(0, len(content))
    return begin, min(len(content), begin + chance.choice((1, 4, 16, 200, 5_000)))


def _flip(content: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    if not content:
        return content
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


def _cut(content: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    begin, end = _span(content, chance)
    return content[:begin] + content[end:]


def _break_off(content: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def _repeat(content: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    begin, end = _span(content, chance)
    return content[:begin] + content[begin:end] * chance.choice((2, 10, 300)) + content[end:]


def _splice(content: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    begin, end = _span(other := chance.choice(seeds), chance)
    at = chance.randint(0, len(content))
    return content[:at] + other[begin:end] + content[at:]


def _other_encoding(content: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    encoding = chance.choice(("utf-16", "utf-16-be", "cp1252"))
    return content.decode("utf-8", "replace").encode(encoding, "replace")


def _word(dictionary: Sequence[bytes]) -> Change:
    def change(content: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
        at = chance.randint(0, len(content))
        return content[:at] + chance.choice(dictionary) + content[at:]

    return change


_CHANGES: tuple[Change, ...] = (_flip, _flip, _cut, _break_off, _repeat, _splice, _other_encoding)
