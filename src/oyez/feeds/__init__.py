"""Feeds: what we poll, what arrived, and the rule that turns it into messages."""
