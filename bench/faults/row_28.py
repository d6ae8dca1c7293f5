"""Programs ask our interface whatever its description allows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.house import House, a_house, program
from oyez.api.describing import DESCRIPTION
from oyez.project.supervisor_plan import LINES
from tests.loopback import free_ports, listens, until

EACH = 400  # requests of each operation


def run(asked: Asked) -> Found:
    described = schemathesis.openapi.from_dict(json.loads(DESCRIPTION))
    statuses: Counter[str] = Counter()
    with a_house() as house, _pages(house) as address:
        for one in described.get_all_operations():
            _ask(one.ok(), address, asked, statuses)
    return {"requests": statuses.total(), **dict(sorted(statuses.items()))}


@contextmanager
def _pages(house: House) -> Iterator[str]:
    """The house's own server; no worker runs, so /health says 503, as it is described."""
    (port,) = free_ports(1)
    environ = {
        **house.environ(),
        "OYEZ_URL": "https://social.council.example",
        "OYEZ_LOG_LEVEL": "CRITICAL",
    }
    serve = ["-m", "uvicorn", "oyez.project.asgi:application", "--port", str(port)]
    with program([*serve, *LINES, "--log-level", "critical"], environ):
        until(lambda: listens(port))
        yield f"http://127.0.0.1:{port}"


def _ask(operation: Any, address: str, asked: Asked, statuses: Counter[str]) -> None:
    """Every answer is one that the description names, in the form that it names."""
    unwell = [not_a_server_error] if "503" in operation.definition.raw["responses"] else []

    @seed(asked.seed)
    @given(case=operation.as_strategy())
    @settings(
        max_examples=asked.deliveries or EACH,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        answer = case.call_and_validate(base_url=address, excluded_checks=unwell)
        statuses[f"answered_{answer.status_code}"] += 1

    try:
        ask()
    except FailureGroup as failed:
        raise NotHeld(dict(statuses), f"{operation.label}: {failed.exceptions}") from failed


ROW = Row(28, "Our interface, asked whatever its description allows: no fault, no surprise", run)
