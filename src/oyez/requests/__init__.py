"""Requests: what others ask us to say or to boost, and what we answered."""
