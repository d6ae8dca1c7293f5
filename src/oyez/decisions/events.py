"""What can be decided?"""

from oyez.ledger.events import Kind

APPROVED = Kind("decisions.approved", "Approved the message")
HELD = Kind("decisions.held", "Held the message back", final=True)
