"""The place Feeds: which feeds we relay, by which rule, and what became of each item."""
