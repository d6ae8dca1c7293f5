"""What stays out of the log."""

from __future__ import annotations

import io
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.exceptions import BadRequest, DisallowedHost, TooManyFieldsSent
from django.http.multipartparser import MultiPartParserError
from django.urls import get_resolver

from oyez.project.log_lines import Line
from oyez.project.quiet import NotOurFault, NotUnavailable, NoWayIn

FILTERS = ("NotOurFault", "NotUnavailable", "NoWayIn")
SECRET = "Sfv_LCp1jBu_0Yr-N3M5BUwW"


def a_record(message: str, *arguments: object, **more: object) -> logging.LogRecord:
    record = logging.LogRecord("django", logging.WARNING, "", 1, message, arguments, None)
    vars(record).update(more)
    return record


def test_a_sign_in_token_never_reaches_the_log() -> None:
    record = a_record("Forbidden (%s): %s", "no cookie", "/sign-in/Sfv_LCp1jBu_0Yr-N3M5BUwW")
    assert NoWayIn().filter(record)
    assert record.getMessage() == "Forbidden (no cookie): /sign-in/…"


def ways_in(patterns: Iterable[object], before: str = "") -> Iterator[str]:
    """Every address that is open to whoever knows its token or code, with one filled in."""
    for one in patterns:
        path = before + str(getattr(one, "pattern", ""))
        yield from ways_in(getattr(one, "url_patterns", []), path)
        if re.search(r"<\w+:(token|code)>", path) and not hasattr(one, "url_patterns"):
            yield "/" + re.sub(r"<\w+:\w+>", "1", re.sub(r"<\w+:(token|code)>", SECRET, path))


def test_no_address_that_opens_something_by_itself_reaches_the_log() -> None:
    addresses = list(ways_in(get_resolver().url_patterns))
    assert len(addresses) >= 4
    for address in addresses:
        record = a_record("Forbidden (%s): %s", "no cookie", address)
        assert NoWayIn().filter(record)
        assert SECRET not in record.getMessage()


def test_other_lines_are_left_alone() -> None:
    record = a_record("Forbidden: %s", "/feeds/1/poll")
    assert NoWayIn().filter(record)
    assert record.getMessage() == "Forbidden: /feeds/1/poll"


def test_only_the_health_page_and_a_full_disk_are_silent() -> None:
    assert not NotUnavailable().filter(a_record("x", status_code=503))
    assert not NotUnavailable().filter(a_record("x", status_code=507))
    assert NotUnavailable().filter(a_record("x", status_code=500))


def written(fault: Exception) -> list[str]:
    """The lines in the log of a house about a request that ended like this."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Line("{message}", style="{"))
    handler.addFilter(NotOurFault())
    try:
        raise fault
    except Exception:  # noqa: BLE001  (each kind is tried)
        handler.handle(a_record("Bad request: /ask", exc_info=sys.exc_info()))
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    "fault", [DisallowedHost("x"), TooManyFieldsSent("x"), BadRequest("x"), MultiPartParserError()]
)
def test_what_strangers_get_wrong_is_one_line(fault: Exception) -> None:
    assert written(fault) == ["Bad request: /ask"]


def test_what_is_our_fault_is_there_with_all_of_it() -> None:
    assert "ValueError: x" in written(ValueError("x"))[-1]


def test_every_line_of_a_house_goes_through_these(settings: Any) -> None:
    known = {one["()"] for one in settings.LOGGING["filters"].values()}
    used = settings.LOGGING["handlers"]["log"]["filters"]
    assert sorted(used) == sorted(settings.LOGGING["filters"])
    assert known == {f"oyez.project.quiet.{name}" for name in FILTERS}
