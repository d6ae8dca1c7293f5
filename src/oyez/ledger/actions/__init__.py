"""Chaining what happened, looking whether the chain holds, taking a copy, erasing a name."""

from oyez.ledger.actions.chaining import chain, chain_all
from oyez.ledger.actions.checking import check
from oyez.ledger.actions.exporting import export
from oyez.ledger.actions.forgetting import forget

__all__ = ["chain", "chain_all", "check", "export", "forget"]
