"""Stop and resume; cut off what somebody else has; open, change, close a sensitive period."""

from oyez.emergency.actions.cutting_off import cut_off
from oyez.emergency.actions.periods import change_period, close_period, open_period
from oyez.emergency.actions.stopping import resume, stop

__all__ = ["change_period", "close_period", "cut_off", "open_period", "resume", "stop"]
