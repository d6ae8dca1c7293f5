"""Which channels want a look, and what on them did we not send?"""

from oyez.listening.queries.ours import is_sending, not_ours, told_apart
from oyez.listening.queries.watching import (
    alarmed,
    due,
    health,
    strays,
    suspected,
    troubles,
    unanswered,
    unseen,
    watch_of,
    watchable,
)

__all__ = [
    "alarmed",
    "due",
    "health",
    "is_sending",
    "not_ours",
    "strays",
    "suspected",
    "told_apart",
    "troubles",
    "unanswered",
    "unseen",
    "watch_of",
    "watchable",
]
