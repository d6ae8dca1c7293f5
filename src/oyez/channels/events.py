"""What can happen to a channel?"""

from oyez.ledger.events import Kind

LINKED = Kind("channels.linked", "Linked the channel")
REMOVED = Kind("channels.removed", "Removed the channel")
CHECKED = Kind("channels.checked", "Checked the channel", final=True)
SIGNED_OUT = Kind("channels.signed_out", "The network signed us out of the channel")
DESCRIBED = Kind(
    "channels.described", "Said how the channel speaks, and for which area", final=True
)
QUARANTINED = Kind("channels.quarantined", "Put the channel in quarantine", final=True)
LET_OUT = Kind("channels.let_out", "Let the channel out of quarantine", final=True)
REVOKED = Kind("channels.revoked", "Ended our access to the channel", final=True)
KEY_ADDED = Kind("channels.key_added", "A new key seals the tokens", final=True)
SECRETS_RESEALED = Kind("channels.secrets_resealed", "Sealed the tokens with it", final=True)
KEY_DROPPED = Kind("channels.key_dropped", "Dropped the key", final=True)
GIVEN = Kind("channels.given_to_a_team", "Said which team the channel belongs to", final=True)
