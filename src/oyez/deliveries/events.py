"""What can happen to a delivery?"""

from oyez.ledger.events import Kind

PLANNED = Kind("deliveries.planned", "Planned the deliveries", final=True)
ARRIVED = Kind("deliveries.arrived", "The network has it", final=True)
REFUSED = Kind("deliveries.refused", "The network refused it")
WITHHELD = Kind("deliveries.withheld", "Not sent", final=True)
UNSURE = Kind(
    "deliveries.unsure", "Sent without an answer; looking whether it is there", final=True
)
ASKED = Kind("deliveries.asked", "Asked a person whether it is there")
SENT_AGAIN = Kind("deliveries.sent_again", "It was not there; sending once more", final=True)
DECIDED_THERE = Kind("deliveries.decided_there", "A person saw that it is there", final=True)
DECIDED_RESEND = Kind("deliveries.decided_resend", "A person had it sent again", final=True)
