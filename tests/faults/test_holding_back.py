"""Networks that answer nobody, or ask us to slow down: rows 6 and 7 at their smallest."""

from __future__ import annotations

import pytest

from bench.faults import row_06, row_07
from bench.faults.contract import Asked

pytestmark = pytest.mark.fault


def test_a_network_that_answers_nobody_delays_no_other() -> None:
    found = row_06.run(Asked(seed=1, deliveries=24))
    assert found["deliveries"] == 20


def test_networks_that_ask_us_to_slow_down_are_not_pestered_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {"ALLOWED": 3, "WINDOW": 2.0, "AT_MOST": 1.5}.items():
        monkeypatch.setattr(row_07, name, value)
    found = row_07.run(Asked(seed=1, deliveries=12, workers=2))
    assert found["refused"]
    assert (found["lost"], found["doubled"], found["unsettled"]) == (0, 0, 0)
