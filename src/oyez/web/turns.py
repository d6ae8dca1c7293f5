"""How many requests are worked on at the same moment? Each may hold a connection to the database,
which the workers need too; so the others wait for their turn, and where too many wait already, they
are asked to come back.
"""

from __future__ import annotations

import asyncio
from contextvars import Context
from weakref import WeakKeyDictionary

from oyez.web.bodies import Application, Message, Receive, Scope, Send, refuse

AT_ONCE = 20
MOST_WAITING = 500
NOT_TAKEN = 2.0  # seconds after which who asked is slow to read
BUSY = "Oyez is very busy. Try again in a minute."


class Turns:
    """The application, asked so much at once and no more. Who is slow to send or to read waits
    outside: a turn begins with the last byte of the request; it ends with the answer, and before
    that where the answer is long or is not taken.
    """

    def __init__(
        self, application: Application, at_once: int = AT_ONCE, most_waiting: int = MOST_WAITING
    ) -> None:
        self.application = application
        self._at_once, self._most_waiting = at_once, most_waiting
        self._doors: WeakKeyDictionary[asyncio.AbstractEventLoop, _Door] = WeakKeyDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.application(scope, receive, send)
        await asyncio.create_task(self._answer(scope, receive, send), context=Context())

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """In a context of its own: a server begins the next request of a line within the one before
        it, whose thread Django would go on using, and leave its line to the database open.
        """
        turn = _Turn(self._door(), receive, send)
        try:
            await self.application(scope, turn.receive, turn.send)
        finally:
            turn.end()
        if turn.was_refused:  # the application was told that its asker has gone
            await refuse(send, 503, BUSY)

    def _door(self) -> _Door:
        door = _Door(self._at_once, self._most_waiting)
        return self._doors.setdefault(asyncio.get_running_loop(), door)


class _Door:
    """Lets so many in at once, in the order in which they came; so many may wait before it."""

    def __init__(self, at_once: int, most_waiting: int) -> None:
        self._free, self._left = asyncio.Semaphore(at_once), most_waiting

    async def let_in(self) -> bool:
        """Whether it was worth waiting."""
        if self._free.locked() and not self._left:
            return False
        self._left -= 1
        try:
            await self._free.acquire()
        finally:
            self._left += 1
        return True

    def out(self) -> None:
        self._free.release()


class _Turn:
    """One request’s."""

    def __init__(self, door: _Door, receive: Receive, send: Send) -> None:
        self._door, self._receive, self._send = door, receive, send
        self._began = self._ended = self.was_refused = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body") and not self._began:
            if not await self._door.let_in():
                self.was_refused = True
                return {"type": "http.disconnect"}
            self._began = True
        return message

    async def send(self, message: Message) -> None:
        if message.get("more_body"):
            self.end()
        not_taken = asyncio.get_running_loop().call_later(NOT_TAKEN, self.end)
        try:
            await self._send(message)
        finally:
            not_taken.cancel()

    def end(self) -> None:
        if self._began and not self._ended:
            self._ended = True
            self._door.out()
