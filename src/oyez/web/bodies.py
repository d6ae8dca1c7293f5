"""How much may somebody send us at once? Django keeps whatever comes on the disk before it asks who
sent it; so it is counted here, as it comes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest, parse_cookie

from oyez.web.guard import HEADERS

MB = 1024 * 1024
OF_STRANGERS = 3 * MB  # no form has more words in it; Django itself stops at 2.5
OF_PEOPLE = 210 * MB  # a film and its words, as behind the proxy
TOO_LONG = f"This is too long. At most {OF_PEOPLE // MB} MB are taken, from who is signed in."

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Bounded:
    """The application, asked nothing longer than is right for who asks; longer is answered 413."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.application(scope, receive, send)
        body = _Body(scope, receive)
        if not await body.has_room_for(_announced(scope)):
            return await refuse(send, 413, TOO_LONG)
        await self.application(scope, body.receive, send)
        if body.is_too_long:  # the application was told that its asker has gone
            await refuse(send, 413, TOO_LONG)


class _Body:
    """One request’s, counted."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._scope, self._receive = scope, receive
        self._length, self._room = 0, OF_STRANGERS
        self.is_too_long = False

    async def receive(self) -> Message:
        """The next piece; beyond what there is room for, that nobody is there any more."""
        message = await self._receive()
        self._length += len(message.get("body", b""))
        if await self.has_room_for(self._length):
            return message
        self.is_too_long = True
        return {"type": "http.disconnect"}

    async def has_room_for(self, length: int) -> bool:
        if length > self._room and self._room < OF_PEOPLE and await _is_signed_in(self._scope):
            self._room = OF_PEOPLE
        return length <= self._room


def _announced(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return max((int(one) for one in lengths if one.isdigit() and len(one) < 19), default=0)


async def _is_signed_in(scope: Scope) -> bool:
    cookies = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    key = parse_cookie("; ".join(cookies)).get(settings.SESSION_COOKIE_NAME)
    return await sync_to_async(_is_of_somebody)(key) if key else False


def _is_of_somebody(key: str) -> bool:
    request = HttpRequest()
    request.session = SessionStore(key)
    try:
        return bool(get_user(request).is_authenticated)
    except DatabaseError:
        return False
    finally:
        close_old_connections()


async def refuse(send: Send, status: int, said: str) -> None:
    """An answer of one sentence, where there is no time to draw a page."""
    more = {"Content-Type": "text/plain; charset=utf-8", "Connection": "close", "Retry-After": "60"}
    headers = [(name.lower().encode(), text.encode()) for name, text in {**HEADERS, **more}.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": said.encode()})
