"""What can happen to a request?"""

from oyez.ledger.events import Kind

ASKED = Kind("requests.asked", "Asked us to say something")
ACCEPTED = Kind("requests.accepted", "Accepted a request")
REFUSED = Kind("requests.refused", "Refused a request")
ANSWERED = Kind("requests.answered", "Answered a request as done")
REOPENED = Kind("requests.reopened", "Opened a request again", final=True)
