"""Doors for machines: feeds out, hooks in, exports."""
