"""Notices: who is told of what, on the page and by e-mail, and what was delivered to whom."""
