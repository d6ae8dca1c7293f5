"""Oyez: a self-hosted social media control room for public bodies. Start at docs/architecture.md."""
