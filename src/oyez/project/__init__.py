"""The top floor: settings, start-up, the supervisor, and the river on one page (flow.py)."""
