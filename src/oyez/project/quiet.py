"""What must or need not be in the log? No way in, and no word of the health page."""

from __future__ import annotations

import logging
import re

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError

_WAY_IN = re.compile(r"(/sign-in/|/ask/|/preview/)[\w-]{8,}")


class NotUnavailable(logging.Filter):
    """Leaves out Django's line about each 503 and 507: the one is the health page's word to whoever
    asked, of the other a line of our own says enough on a disk that is full.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) not in {503, 507}


class NotOurFault(logging.Filter):
    """Of a request that nobody can read the log has one line: with the forty of where we noticed,
    a stranger would soon have pushed everything else out of it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        kind = record.exc_info[0] if record.exc_info else None
        if kind and issubclass(kind, BadRequest | SuspiciousOperation | MultiPartParserError):
            record.exc_info = record.exc_text = None
        return True


class NoWayIn(logging.Filter):
    """Django logs the path of a request it refuses; a sign-in link's path is a way in,
    and so are those of a request's page and of a message that was shared."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if _WAY_IN.search(said):
            record.msg, record.args = _WAY_IN.sub(r"\1…", said), ()
        return True
