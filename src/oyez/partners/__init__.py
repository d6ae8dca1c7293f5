"""Partners: the registers of whose messages we may pass on, and of who and what is political."""
