"""How many lines to the pages may be open, and for how long without a question? Whoever opens lines
and asks nothing takes them from others: such a line ends by itself, and gives way where all are
taken.

The command of the server names this way of talking (supervisor_plan.py). Left alone it takes
whichever parser is installed, which with the tests was another than in a house.
"""

from __future__ import annotations

import asyncio
import logging
from itertools import count
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

log = logging.getLogger(__name__)

LONGEST_HEAD = 64 * 1024  # bytes
_SELDOM = 60.0  # seconds between two lines in the log
_moments = count()  # no clock is so fine that no two of a flood are alike


class Strict(h11.Connection):
    """What two servers could understand differently is no request: it may hide a second one."""

    def next_event(self) -> Any:
        event = super().next_event()
        if isinstance(event, h11.Request):
            names = {name for name, _ in event.headers}
            if {b"transfer-encoding", b"content-length"} <= names:
                raise h11.RemoteProtocolError("A request ends in one way, not in two.")
        return event


class Line(H11Protocol):
    """One to somebody who asks."""

    most = 700  # with those accepted in one go and our own, below the usual 1,024 files
    head_within = 10.0  # seconds for all that stands before the body
    _said_at = -_SELDOM

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.conn = Strict(h11.SERVER, LONGEST_HEAD)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._late: asyncio.TimerHandle | None = None
        self._since = next(_moments)
        self._expect_a_head()
        if len(self.connections) > self.most:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._expect_a_head()

    def on_response_complete(self) -> None:
        self._since = next(_moments)
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        super().connection_lost(exc)

    @property
    def is_at_work(self) -> bool:
        """Somebody waits for us here; not we for them to send or to read."""
        asked = self.cycle and not self.cycle.response_complete and not self.cycle.more_body
        return bool(asked and not self.flow.write_paused)

    def _expect_a_head(self) -> None:
        """Its time begins with the line, or with its first byte where others came before it."""
        if self.conn.their_state is not h11.IDLE:
            self._expect_nothing()
        elif not self._late:
            self._late = self.loop.call_later(self.head_within, self.transport.abort)

    def _expect_nothing(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None

    def _make_room(self) -> None:
        """Those go that have let us wait longest: nobody's request is dropped for a new line."""
        here: list[Any] = [one for one in self.connections if not one.transport.is_closing()]
        idle = sorted((one for one in here if not one.is_at_work), key=lambda one: one._since)
        for one in idle[: max(len(here) - self.most, 0)]:
            one.transport.abort()
        if self.loop.time() - Line._said_at > _SELDOM:
            Line._said_at = self.loop.time()
            log.warning("%d lines are open: who asks nothing longest loses theirs.", self.most)
