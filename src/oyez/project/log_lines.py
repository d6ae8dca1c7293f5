"""How does an entry in the log look? One line that nobody's words can break, in UTC."""

from __future__ import annotations

import logging
import re
import textwrap
from datetime import UTC, datetime
from types import TracebackType
from typing import TypeAlias

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_Failure: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class Line(logging.Formatter):
    """Words from outside cannot pretend to be an entry of their own: their line breaks are written
    out, and a traceback stands indented below its entry.
    """

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        moment = datetime.fromtimestamp(record.created, UTC).replace(tzinfo=None)
        return f"{moment.isoformat(' ', 'milliseconds')}Z"

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        record.message = _BREAKS.sub(_written_out, record.message)
        return super().formatMessage(record)

    def formatException(self, ei: _Failure) -> str:  # noqa: N802
        return textwrap.indent(super().formatException(ei), "    ", lambda line: True)


def _written_out(sign: re.Match[str]) -> str:
    return sign[0].encode("unicode_escape").decode()
