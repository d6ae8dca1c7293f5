"""Deliveries: what leaves the house, each once, and what became of it. The only caller of outward
acts.
"""
