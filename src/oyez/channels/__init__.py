"""Channels: our accounts on networks, their sealed secrets and their health."""
