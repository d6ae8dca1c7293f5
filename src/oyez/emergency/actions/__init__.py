"""Stop and resume; open, change and close a sensitive period."""

from oyez.emergency.actions.periods import change_period, close_period, open_period
from oyez.emergency.actions.stopping import resume, stop

__all__ = ["change_period", "close_period", "open_period", "resume", "stop"]
