"""Strategy: what should change, for whom, and how we will know."""
