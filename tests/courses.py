"""How many courses of events are tried? Few in every run; OYEZ_TEST_COURSES names another number,
and those are longer: `./run bench courses` finds in a night what a minute does not.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

USUAL = 10


def courses(steps: int) -> settings:
    """`steps`: events in a course of every run."""
    many = int(os.environ.get("OYEZ_TEST_COURSES", USUAL))
    return settings(
        max_examples=many,
        stateful_step_count=steps if many <= USUAL else 3 * steps,
        deadline=None,
        suppress_health_check=[] if many <= USUAL else list(HealthCheck),
    )
