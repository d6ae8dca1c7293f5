"""What can happen to a post?"""

from oyez.ledger.events import Kind

STARTED = Kind("posts.started", "Began a message", final=True)
EDITED = Kind("posts.edited", "Changed the message", final=True)
SUBMITTED = Kind("posts.submitted", "Handed in the message")
MERGED = Kind("posts.merged", "Left out a message that says nothing new", final=True)
REOPENED = Kind("posts.reopened", "Took the message back to change it")
DISCARDED = Kind("posts.discarded", "Threw the message away")
RESTORED = Kind("posts.restored", "Brought the message back", final=True)
PAIRED = Kind("posts.paired", "Joined the message to its other language", final=True)
COMMENTED = Kind("posts.commented", "Said something about the message")
SHARED = Kind("posts.shared", "Made a preview link", final=True)
UNSHARED = Kind("posts.unshared", "Ended a preview link", final=True)
TEMPLATE_KEPT = Kind("posts.template_kept", "Kept words to begin with", final=True)
TEMPLATE_RETIRED = Kind("posts.template_retired", "Put away words to begin with", final=True)
