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
PARTED = Kind("posts.parted", "Parted the message from its other language", final=True)
COMMENTED = Kind("posts.commented", "Said something about the message")
SHARED = Kind("posts.shared", "Made a preview link", final=True)
UNSHARED = Kind("posts.unshared", "Ended a preview link", final=True)
TEMPLATE_KEPT = Kind("posts.template_kept", "Kept words to begin with", final=True)
TEMPLATE_RETIRED = Kind("posts.template_retired", "Put away words to begin with", final=True)
SLOT_KEPT = Kind("posts.slot_kept", "Kept a time for a channel’s queue", final=True)
SLOT_REMOVED = Kind("posts.slot_removed", "Took a time out of a channel’s queue", final=True)
REPEATED = Kind("posts.repeated", "Let a message come again", final=True)
REPEAT_ENDED = Kind("posts.repeat_ended", "Let a message come no more", final=True)
REPEAT_MISSED = Kind("posts.repeat_missed", "Left out a time that had gone by", final=True)
