"""What can happen to a post?"""

from oyez.ledger.events import Kind

SUBMITTED = Kind("posts.submitted", "Handed in the message")
MERGED = Kind("posts.merged", "Left out a message that says nothing new", final=True)
