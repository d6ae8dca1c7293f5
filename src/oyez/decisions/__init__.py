"""Decisions: who said yes or no to exactly which words."""
