"""Your account: what is yours alone, and how you come in."""
