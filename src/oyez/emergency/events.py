"""What can happen in an emergency?"""

from oyez.ledger.events import Kind

STOPPED = Kind("emergency.stopped", "Stopped all sending")
RESUMED = Kind("emergency.resumed", "Let sending go on", final=True)
CUT_OFF = Kind("emergency.cut_off", "Stopped sending and ended our access", final=True)
DRILLED = Kind("emergency.drilled", "Held a drill of stopping and ending our access", final=True)
PERIOD_OPENED = Kind("emergency.period_opened", "Opened a sensitive period")
PERIOD_CHANGED = Kind("emergency.period_changed", "Changed a sensitive period")
PERIOD_CLOSED = Kind("emergency.period_closed", "Closed a sensitive period early")
