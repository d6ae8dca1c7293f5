"""Many messages are written and sent while one nemesis after the other strikes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from tests.faults.nemeses import Ground, Nemesis
from tests.faults.proof import Verdict, verdict

STRUCK_BY = 0.9  # of the messages are out when the last strike falls
STALLED = 180.0  # seconds without anything new


def campaign(
    ground: Ground, texts: Sequence[str], strikes: Sequence[Nemesis], *, patience: float
) -> Verdict:
    """Every text to every account. The strikes fall evenly while they go out; then there are
    `patience` seconds to settle.
    """
    place, judge, names = ground.place, ground.judge, ground.names
    total = len(texts) * len(names)
    with place.tended(), _written(ground, texts) as writing:
        for number, strike in enumerate(strikes):
            _until_shown(ground, int(total * STRUCK_BY * number / len(strikes)), writing)
            strike(ground)
        writing.result()
        place.until(place.settled(total), patience, tend=False)
    return verdict(place, judge, names, texts)


@contextmanager
def _written(ground: Ground, texts: Sequence[str]) -> Iterator[Future[None]]:
    """By somebody at a desk, one after the other, while all the rest goes on."""

    def write() -> None:
        for text in texts:
            ground.place.write(text, ground.names)

    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(write)


def _until_shown(ground: Ground, count: int, writing: Future[None]) -> None:
    """Wait for that many posts at the judge."""
    seen, since = -1, time.monotonic()
    while (shown := len(ground.judge.shown)) < count:
        if writing.done():
            writing.result()  # raises what went wrong with it
        if shown != seen:
            seen, since = shown, time.monotonic()
        if time.monotonic() - since > STALLED:
            raise AssertionError(f"nothing moves: {ground.place.told()}")
        time.sleep(0.05)


def drawn(ground: Ground, which: Sequence[Nemesis], count: int) -> list[Nemesis]:
    """So many of these, as the seed has it."""
    return [ground.chance.choice(which) for _ in range(count)]
