"""Linking, checking and removing channels; new keys for what is sealed."""

from oyez.channels.actions.linking import (
    check,
    describe,
    give_to,
    link,
    link_again,
    open_our_own,
    remove,
    signed_out,
)
from oyez.channels.actions.quarantining import let_out, quarantine
from oyez.channels.actions.revoking import Revocation, rehearse, revoke
from oyez.channels.actions.rotating import GRACE, Rotation, rotate

__all__ = [
    "GRACE",
    "Revocation",
    "Rotation",
    "check",
    "describe",
    "give_to",
    "let_out",
    "link",
    "link_again",
    "open_our_own",
    "quarantine",
    "rehearse",
    "remove",
    "revoke",
    "rotate",
    "signed_out",
]
