"""How do we ask another machine something? The one outbound client; see docs/adr for why libcurl."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class FetchError(Exception):
    """The exchange failed. The message is one sentence for people; the detail is logged."""


class NotSent(FetchError):
    """Certain: the request's body never left (DNS, connect, TLS, or the address rule said no)."""


class Denied(NotSent):
    """The address rule forbids this address."""


class Unanswered(FetchError):
    """The request may have arrived; no complete answer came back (time-out, reset, too big)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `headers` has lower-case names; `url` is where redirects ended."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    def json(self) -> Any:
        """Decoded JSON; raises ValueError when it is none."""
        raise NotImplementedError


class Fetch(Protocol):
    """Something that asks over HTTP. Tests may hand in their own."""

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: object | None = None,
        form: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 20.0,
    ) -> Answer:
        """One exchange, redirects followed for GET and HEAD only. Raises FetchError."""
