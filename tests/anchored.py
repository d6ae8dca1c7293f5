"""A record in a folder of its own: what one test notes there, the next must not read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from oyez.ledger.anchors import Anchors


@pytest.fixture
def anchors(tmp_path: Path, settings: Any) -> Anchors:
    settings.OYEZ = replace(settings.OYEZ, data=tmp_path)
    return Anchors(tmp_path)
