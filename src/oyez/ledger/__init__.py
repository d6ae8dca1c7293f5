"""The ledger: what happened here, who did it, and what is woken by it."""
