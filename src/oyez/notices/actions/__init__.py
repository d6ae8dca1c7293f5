"""Telling people, what they do with it, and the e-mail."""

from oyez.notices.actions.links import ask_for_link, send_invitation
from oyez.notices.actions.posting import deliver, gather_digests, hand_out, send_test
from oyez.notices.actions.reading import choose, read, read_all
from oyez.notices.actions.telling import tell

__all__ = [
    "ask_for_link",
    "choose",
    "deliver",
    "gather_digests",
    "hand_out",
    "read",
    "read_all",
    "send_invitation",
    "send_test",
    "tell",
]
