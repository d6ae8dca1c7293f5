"""What can happen to the policy?"""

from oyez.ledger.events import Kind

PUBLISHED = Kind("policy.published", "Published a version of the policy", final=True)
ACKNOWLEDGED = Kind("policy.acknowledged", "Acknowledged the policy", final=True)
LEVEL_CHANGED = Kind("policy.level_changed", "Changed the level of a check")
FACT_SET = Kind("policy.fact_set", "Changed what the checks know of the house")
