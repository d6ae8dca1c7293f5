"""Telling people, what they do with it, and the e-mail."""

from oyez.notices.actions.posting import deliver, gather_digests, hand_out, send_test
from oyez.notices.actions.reading import choose, read, read_all
from oyez.notices.actions.telling import tell

__all__ = [
    "choose",
    "deliver",
    "gather_digests",
    "hand_out",
    "read",
    "read_all",
    "send_test",
    "tell",
]
