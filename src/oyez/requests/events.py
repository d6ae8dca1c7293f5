"""What can happen to a request?"""

from oyez.ledger.events import Kind

ASKED = Kind("requests.asked", "Asked us to say something", final=True)
ACCEPTED = Kind("requests.accepted", "Accepted a request", final=True)
REFUSED = Kind("requests.refused", "Refused a request", final=True)
ANSWERED = Kind("requests.answered", "Answered a request as done", final=True)
REOPENED = Kind("requests.reopened", "Opened a request again", final=True)
