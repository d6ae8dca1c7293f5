"""A small policy, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from oyez.policy.rules import Said

TEXT = """Who speaks for the council, and how.

# 1 Who speaks
Only those named by the head of communications.

## 1.1 Before you write
Read this policy.
Checks: SE-1

## 2. Personal data
Nobody is named who has not agreed.
checks: pr-1, PR-2.
"""


def a_version(number: str = "3.2", **more: Any) -> Said:
    usual: dict[str, Any] = {"text": TEXT, "owner": "Head of communications", "approver": "Cabinet"}
    days = {"approved_on": date(2026, 11, 1), "review_on": date(2027, 11, 1)}
    return Said(number, **{**usual, **days, **more})
