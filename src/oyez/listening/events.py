"""What can be heard?"""

from oyez.ledger.events import Kind

STRAY_SEEN = Kind("listening.stray_seen", "Saw something there that we did not send")
ANSWERED = Kind("listening.answered", "Said whether it was us", final=True)
