"""Adding and steering feeds; taking in what they give; letting items out at their time."""

from oyez.feeds.actions.bringing import bring
from oyez.feeds.actions.polling import poll, poll_due
from oyez.feeds.actions.releasing import release_due
from oyez.feeds.actions.steering import (
    add,
    change,
    confirm_trust,
    pause,
    resume,
    say_whose,
    set_trust,
)

__all__ = [
    "add",
    "bring",
    "change",
    "confirm_trust",
    "pause",
    "poll",
    "poll_due",
    "release_due",
    "resume",
    "say_whose",
    "set_trust",
]
