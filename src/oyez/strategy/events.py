"""What can happen to a campaign?"""

from oyez.ledger.events import Kind

CAMPAIGN_ADDED = Kind("strategy.campaign_added", "Added a campaign", final=True)
CAMPAIGN_CHANGED = Kind("strategy.campaign_changed", "Changed a campaign", final=True)
CAMPAIGN_CLOSED = Kind("strategy.campaign_closed", "Closed a campaign", final=True)
