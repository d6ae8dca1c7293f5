"""What need not be logged? An answer 503 is the health page's own word, said to whoever asked."""

from __future__ import annotations

import logging


class NotUnavailable(logging.Filter):
    """Leaves out Django's line about each 503."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != 503
