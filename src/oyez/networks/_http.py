"""Which of the five refusals does this exchange mean?

Sorted by what the server may have done, never by error class: certainly nothing is Later, a clean
refusal is Refused, and everything else that happened to a write is Unsure.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from oyez.kit.fetch import Answer, Fetch, NotSent, TooBig, Unanswered, Upload
from oyez.networks._servers import clean, host_of
from oyez.networks.contract import Later, NetworkError, Unsure

log = logging.getLogger(__name__)

SOON = timedelta(minutes=1)
PAUSE = timedelta(minutes=5)
SHORTEST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=6)
_MAY_HAVE_HAPPENED = {408, 409, 425}


class Unreadable(Later):
    """A read was answered with something that is not this API at all: a web page, perhaps."""


class TooMuch(Later):
    """A read was answered with more than we take."""


@dataclass(frozen=True, slots=True)
class Request:
    """One exchange to be made. `writes` says that the network may show something because of it;
    `silent`, that a good answer need not say anything; `raw`, that it is bytes and no JSON.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    json: object | None = None
    writes: bool = False
    form: Mapping[str, str] | None = None
    files: Mapping[str, Upload] | None = None
    body: bytes | None = field(default=None, repr=False)
    silent: bool = False
    raw: bool = False

    def content(self) -> dict[str, Any]:
        """What goes out, under the names that Fetch.ask gives it."""
        given = {"json": self.json, "form": self.form, "files": self.files, "body": self.body}
        return {name: value for name, value in given.items() if value is not None}


Complaint = Callable[[int, Mapping[str, Any]], NetworkError]
"""A network's own reading of a 4xx: the status and its JSON object (empty when it sent none)."""


def exchange(fetch: Fetch, request: Request, complaint: Complaint) -> Any:
    """The decoded JSON of a good answer, or its bytes. Raises one of the refusals."""
    try:
        answer = fetch.ask(
            request.method, request.url, headers=request.headers, **request.content()
        )
    except NotSent as error:
        raise Later(str(error), SOON) from error
    except TooBig as error:
        raise _unclear(request, str(error), TooMuch) from error
    except Unanswered as error:
        raise _unclear(request, str(error)) from error
    return _judge(answer, request, complaint)


def _judge(answer: Answer, request: Request, complaint: Complaint) -> Any:
    host = host_of(request.url)
    if answer.status == 429:
        raise Later(f"{host} asks us to slow down.", wait_asked(answer), pause=True)
    if not 200 <= answer.status < 300:
        _log(answer, request)
    if request.raw and 200 <= answer.status < 300:
        return answer.body
    data = {} if request.silent and not answer.body.strip() else _decoded(answer)
    if 200 <= answer.status < 300 and data is not None:
        return data
    if answer.status == 401 or (_refuses(answer.status) and isinstance(data, dict)):
        raise complaint(answer.status, data if isinstance(data, dict) else {})
    if answer.status >= 500:
        raise _unclear(request, f"{host} has a fault of its own (error {answer.status}).")
    raise _unclear(
        request, f"{host} gave an answer we cannot read (status {answer.status}).", Unreadable
    )


def _refuses(status: int) -> bool:
    return 400 <= status < 500 and status not in _MAY_HAVE_HAPPENED


def _unclear(request: Request, why: str, kind: type[Later] = Later) -> NetworkError:
    return Unsure(why) if request.writes else kind(why, SOON)


def _decoded(answer: Answer) -> Any:
    """The JSON, or None where there is none (an empty object or list is not None)."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def _log(answer: Answer, request: Request) -> None:
    """The detail for the operator: what the server said. Headers hold tokens and are left out."""
    said = clean(answer.body[:2000].decode("utf-8", "replace"), 500)
    level = logging.WARNING if answer.status >= 500 else logging.INFO
    log.log(level, "%s %s answered %s: %s", request.method, request.url, answer.status, said)


def wait_asked(answer: Answer) -> timedelta:
    """How long a 429 asks us to stay away, within reason: Retry-After, else the limit's reset.

    A moment is measured from the answer's own Date, so that no clock of ours is needed.
    """
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return _reasonable(timedelta(seconds=int(asked[:7])))
    resets = (answer.headers.get(name, "") for name in ("x-ratelimit-reset", "ratelimit-reset"))
    sent = _moment(answer.headers.get("date", ""))
    until = next((moment for text in (asked, *resets) if (moment := _moment(text))), None)
    return _reasonable(until - sent) if until and sent else PAUSE


def _moment(text: str) -> datetime | None:
    """A time as servers write it: an HTTP date, ISO 8601 or seconds since 1970."""
    readers: tuple[Callable[[str], datetime], ...] = (
        lambda text: datetime.fromtimestamp(int(text), UTC),
        datetime.fromisoformat,
        parsedate_to_datetime,
    )
    for read in readers:
        try:
            moment = read(text)
        except (ValueError, OverflowError, OSError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _reasonable(wait: timedelta) -> timedelta:
    return max(SHORTEST_PAUSE, min(wait, LONGEST_PAUSE))
