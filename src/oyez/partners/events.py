"""What can happen in the registers?"""

from oyez.ledger.events import Kind

ADDED = Kind("partners.added", "Added a partner", final=True)
CHANGED = Kind("partners.changed", "Changed a partner", final=True)
RETIRED = Kind("partners.retired", "Retired a partner", final=True)
FIGURE_ADDED = Kind("partners.figure_added", "Added to the political register")
FIGURE_CHANGED = Kind("partners.figure_changed", "Changed the political register")
FIGURE_RETIRED = Kind("partners.figure_retired", "Took off the political register")
TOPIC_ADDED = Kind("partners.topic_added", "Listed a controversial topic")
TOPIC_RETIRED = Kind("partners.topic_retired", "Took a topic off the list")
