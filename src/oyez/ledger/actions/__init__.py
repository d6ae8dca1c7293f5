"""Chaining what happened, and erasing a name."""

from oyez.ledger.actions.chaining import chain, chain_all

__all__ = ["chain", "chain_all"]
