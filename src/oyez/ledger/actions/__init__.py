"""Chaining what happened, looking whether the chain holds, taking a copy, erasing a name."""

from oyez.ledger.actions.chaining import chain, chain_all
from oyez.ledger.actions.checking import Finder, check
from oyez.ledger.actions.exporting import export
from oyez.ledger.actions.forgetting import forget
from oyez.ledger.actions.verifying import have_verified, verify_asked

__all__ = [
    "Finder",
    "chain",
    "chain_all",
    "check",
    "export",
    "forget",
    "have_verified",
    "verify_asked",
]
