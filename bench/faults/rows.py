"""Which rows are there? A new row is a module beside this one, and a line here."""

from __future__ import annotations
