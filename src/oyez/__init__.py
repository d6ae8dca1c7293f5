"""Oyez: a self-hosted social media control room for public bodies; see docs/architecture.md."""
