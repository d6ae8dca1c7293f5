"""When do we look at our own channels, and when is something there an alarm? Pure."""

from __future__ import annotations

from datetime import timedelta

EVERY = timedelta(seconds=90)  # asked by the minute: every second one
SOON = timedelta(seconds=30)  # while something is suspected: the next minute
OPEN_FOR = timedelta(seconds=90)  # longer than it takes to settle a send whose answer was lost
# So an alarm comes within five minutes of the post: two to the look that sees it, two suspected.
BLIND_AFTER = timedelta(minutes=15)  # not a single look: somebody should know
BACK_OFF = timedelta(hours=1)  # at most, where a network does not let us look
OLDER_WORKERS = timedelta(hours=1)  # what they send has no version, while a house is upgraded
LONGEST_WORDS = 300


def is_alarm(seen_for: timedelta, *, sending: bool) -> bool:
    """Something we know nothing of: while we are sending there, it may yet turn out to be ours."""
    return not sending or seen_for >= OPEN_FOR


def next_look(asked: timedelta) -> timedelta:
    """How long to wait after a network asked us to come later."""
    return max(EVERY, min(asked, BACK_OFF))
