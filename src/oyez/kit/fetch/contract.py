"""What is an exchange with another machine? The words every caller uses; no libcurl here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class FetchError(Exception):
    """The exchange failed. The message says what happened in one sentence for people.

    What to do next is for the caller to add, who knows why we asked. The detail is the cause.
    """


class NotSent(FetchError):
    """Certain: nothing of the request left (DNS, connect, TLS, or the address rule said no)."""


class Denied(NotSent):
    """The address rule forbids this address. The message says who can change that."""


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
        try:
            return json.loads(self.body)
        except RecursionError as error:
            raise ValueError("nested too deep to be an honest answer") from error


class TooBig(Unanswered):
    """An answer came, and is bigger than allowed. `answer` is what was read of it, without a body:
    whoever asked only whether somebody is there knows enough.
    """

    def __init__(self, says: str, answer: Answer) -> None:
        super().__init__(says)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart form."""

    name: str
    content: bytes = field(repr=False)
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Request:
    """One address to poll with `many`. `mark` is the caller's own and comes back untouched."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    mark: Any = None


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
        files: Mapping[str, Upload] | None = None,
        timeout: float = 20.0,
    ) -> Answer:
        """One exchange, redirects followed for GET and HEAD only. Raises FetchError.

        At most one of `json`, `form` and `body`; `files` may go with `form` (multipart). A `body`
        goes out under the content type of `headers`. More than 512 MB is NotSent.
        `timeout` is the wall time in seconds for everything, redirects included.
        """
