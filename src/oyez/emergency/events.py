"""What can happen in an emergency?"""

from oyez.ledger.events import Kind

STOPPED = Kind("emergency.stopped", "Stopped all sending")
RESUMED = Kind("emergency.resumed", "Let sending go on", final=True)
