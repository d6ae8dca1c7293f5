"""Who and what is political, and how do I keep that register?"""
