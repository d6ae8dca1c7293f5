"""What can happen to a feed and its items?"""

from oyez.ledger.events import Kind

ADDED = Kind("feeds.added", "Added the feed", final=True)
CHANGED = Kind("feeds.changed", "Changed the feed’s rule", final=True)
TRUSTED = Kind("feeds.trusted", "Decided how far to trust the feed", final=True)
PAUSED = Kind("feeds.paused", "Paused the feed", final=True)
RESUMED = Kind("feeds.resumed", "Let the feed go on", final=True)
FAILED = Kind("feeds.failed", "The feed stopped answering", final=True)
RECOVERED = Kind("feeds.recovered", "The feed answers again", final=True)
ENDED = Kind("feeds.ended", "The feed’s publisher took it down for good", final=True)
FLOODED = Kind("feeds.flooded", "The feed brought far too much at once and was paused")
ITEM_ARRIVED = Kind("feeds.item_arrived", "A new item arrived")
ITEM_SKIPPED = Kind("feeds.item_skipped", "An item was left out", final=True)
CONFIRMED = Kind("feeds.confirmed", "Confirmed the feed’s standing decision", final=True)
