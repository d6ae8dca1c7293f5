"""Whose messages may we pass on, and how do I keep that register?"""
