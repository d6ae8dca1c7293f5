"""Linking, checking and removing channels; new keys for what is sealed."""

from oyez.channels.actions.linking import (
    check,
    describe,
    link,
    link_again,
    open_our_own,
    remove,
    signed_out,
)
from oyez.channels.actions.rotating import GRACE, Rotation, rotate

__all__ = [
    "GRACE",
    "Rotation",
    "check",
    "describe",
    "link",
    "link_again",
    "open_our_own",
    "remove",
    "rotate",
    "signed_out",
]
