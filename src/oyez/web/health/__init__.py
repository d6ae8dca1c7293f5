"""Is the house well? For watchers, as JSON."""
