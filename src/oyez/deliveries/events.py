"""What can happen to a delivery?"""

from oyez.ledger.events import Kind

PLANNED = Kind("deliveries.planned", "Planned the deliveries", final=True)
ARRIVED = Kind("deliveries.arrived", "The network has it", final=True)
REFUSED = Kind("deliveries.refused", "The network refused it")
CORRECTED = Kind("deliveries.corrected", "The network has the newer words", final=True)
TAKE_DOWN_ASKED = Kind("deliveries.take_down_asked", "Had it taken down", final=True)
TAKEN_DOWN = Kind("deliveries.taken_down", "The network took it down", final=True)
WITHHELD = Kind("deliveries.withheld", "Not sent", final=True)
UNSURE = Kind(
    "deliveries.unsure", "Sent without an answer; looking whether it is there", final=True
)
ASKED = Kind("deliveries.asked", "Asked a person whether it is there")
SENT_AGAIN = Kind("deliveries.sent_again", "Not known to be there: it is to be sent", final=True)
DECIDED_THERE = Kind("deliveries.decided_there", "A person saw that it is there", final=True)
DECIDED_DONE = Kind("deliveries.decided_done", "A person saw that it was done", final=True)
DECIDED_RESEND = Kind("deliveries.decided_resend", "A person had it sent again", final=True)
