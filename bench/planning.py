"""How long does somebody at the desk wait: for a preview, for the planner, for a dry run?

Pages are asked in the process that draws them, without a network in between: queries, checks and
templates, as they are, over a real database with thousands of messages planned for four weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench.delivery import ACCOUNTS, a_network, one_each, spread
from bench.figures import Figure, Void, percentile, show
from bench.house import Desk, a_desk, a_house, a_worker

TEXT = "The bridge is open again, and buses 5 and 7 use it. #bridgeopen https://council.example/{}"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int = 3
    asked: int = 40
    planned: int = 5_000
    judged: int = 100_000


QUICK = Size(rounds=1, asked=3, planned=40, judged=50)


def run(size: Size) -> list[Figure]:
    """Print and return the figures."""
    with a_house() as house, a_network() as network:
        environ = house.environ(allow=network.address)
        with a_desk(environ) as desk:
            for name in ACCOUNTS:
                desk("link", server=network.url, name=name)
        with a_worker(house, environ):
            one_each(house, network)
        # four weeks from tomorrow, day by day: a week has a quarter of them
        due = "date_trunc('day', now()) + (1 + n % 28) * interval '1 day' + interval '12 hours'"
        spread(house, "oyez", size.planned, due, meant=True)
        with a_desk(environ) as desk:
            figures = _pages(desk, size)
            figures += [*_checks(desk, size), _again(desk, size)]
    show(f"At the desk, with {size.planned:,} messages planned", figures)
    return figures


def _pages(desk: Desk, size: Size) -> list[Figure]:
    day = (datetime.now(UTC) + timedelta(days=10)).date()
    paths = {
        "Home": "/",
        "the list of messages": "/messages",
        "planner, a week": f"/planner/week/{day}",
        "planner, a day": f"/planner/day/{day}",
        "planner, a month": f"/planner/month/{day}",
    }
    found = {name: [_slow(desk, path, size) for _ in range(size.rounds)] for name, path in
             paths.items()}  # fmt: skip
    figures = [Figure(f"{name} (p95)", "ms", tuple(ms))
               for name, ms in found.items()]  # fmt: skip
    previews = [_previews(desk, size) for _ in range(size.rounds)]
    return [Figure("preview and checks of a message (p95)", "ms", tuple(previews)), *figures]


def _slow(desk: Desk, path: str, size: Size) -> float:
    desk("ask", path=path)  # templates are read once
    return 1000 * percentile([desk("ask", path=path) for _ in range(size.asked)], 95)


def _previews(desk: Desk, size: Size) -> float:
    texts = [TEXT.format(number) for number in range(size.asked + 1)]
    took = [desk("preview", text=text, to=ACCOUNTS) for text in texts]
    return 1000 * percentile(took[1:], 95)


def _again(desk: Desk, size: Size) -> Figure:
    """What begins a sensitive period costs: all that is planned is judged in its own words."""
    looked, seconds = desk("look_again")
    if looked < size.planned:
        raise Void(f"Only {looked:,} of {size.planned:,} planned messages were looked at again.")
    return Figure(
        "planned messages looked at again, as a period begins", "a second", (looked / seconds,)
    )


def _checks(desk: Desk, size: Size) -> list[Figure]:
    """A dry run once: it is long enough to be its own average."""
    seconds = desk("judge", count=size.judged, to=ACCOUNTS[0])
    each = Figure("messages judged by all checks", "a second", (size.judged / seconds,))
    return [each, Figure(f"a dry run over {size.judged:,} messages", "s", (seconds,))]
