"""How does one Python thread serve hundreds of connections, some of them badly? On asyncio.

A handler answers a request, or with None resets the connection.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import cast

from bench.http import Answer, Asked, read, written

Handler = Callable[[Asked], Awaitable[Answer | None]]


class _Talk(asyncio.Protocol):
    """One connection, one request after the other."""

    def __init__(self, handler: Handler, open_now: set[asyncio.Transport]) -> None:
        self._handler, self._open = handler, open_now
        self._heard, self._at = b"", 0.0
        self._replies: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._wire = cast(asyncio.Transport, transport)
        self._open.add(self._wire)

    def connection_lost(self, error: Exception | None) -> None:
        self._open.discard(self._wire)  # what was asked on it happens all the same

    def data_received(self, data: bytes) -> None:
        self._at = self._at if self._heard else time.monotonic()
        self._heard += data
        if found := read(self._heard, self._at):
            asked, self._heard = found
            reply = asyncio.get_running_loop().create_task(self._reply(asked))
            self._replies.add(reply)  # else nothing keeps it alive
            reply.add_done_callback(self._replies.discard)

    async def _reply(self, asked: Asked) -> None:
        answer = await self._handler(asked)
        if answer is None:
            self._reset()
        elif not self._wire.is_closing():  # else the caller was killed or has hung up
            self._wire.write(written(answer))

    def _reset(self) -> None:
        line = self._wire.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._wire.abort()


@contextmanager
def listening(handler: Handler) -> Iterator[int]:
    """The port on which the handler is asked, in a thread of its own."""
    loop, lines = asyncio.new_event_loop(), set[asyncio.Transport]()
    serving = threading.Thread(target=loop.run_forever, daemon=True)
    serving.start()

    async def open_port() -> asyncio.Server:
        return await loop.create_server(lambda: _Talk(handler, lines), "127.0.0.1", 0, backlog=1024)

    server = asyncio.run_coroutine_threadsafe(open_port(), loop).result()
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        asyncio.run_coroutine_threadsafe(_end(server, lines), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        serving.join(10)
        loop.close()


async def _end(server: asyncio.Server, lines: set[asyncio.Transport]) -> None:
    """Nobody waits for what is still to be answered."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for line in list(lines):
        line.abort()
    await asyncio.sleep(0)  # they are closed in the next turn
