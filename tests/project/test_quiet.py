"""What stays out of the log."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator

from django.urls import get_resolver

from oyez.project.quiet import NotUnavailable, NoWayIn

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
