"""The place Channels: our accounts on networks, linked, checked and removed here."""
