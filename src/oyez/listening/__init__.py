"""Listening: what appears on our channels, whoever put it there."""
