"""A database that cannot start on a full disk is started once there is room."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from oyez.kit.disk import MB
from oyez.project import env, supervisor, supervisor_plan
from oyez.project.trouble import Trouble


class NoRoom:
    """A server that cannot start so many times."""

    def __init__(self, times: int) -> None:
        self.times = times

    def starting(self) -> Iterator[float]:
        if self.times:
            self.times -= 1
            raise Trouble("The database did not start.")
        yield 0.0


def bring_back(server: NoRoom, data: Path) -> None:
    settings = env.read({"OYEZ_DATA": str(data)})
    house = supervisor.Supervisor(settings, os.environ, supervisor_plan.plan(settings))
    asyncio.run(house._bring_back(server, iter([0.0] * 9)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("free", "left"), [(1, 0), (9_000, 1)])
def test_only_a_full_disk_is_waited_for(
    free: int, left: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = SimpleNamespace(total=10**12, free=free * MB)
    monkeypatch.setattr("oyez.kit.disk.shutil.disk_usage", lambda folder: usage)
    server = NoRoom(2)
    if left:
        with pytest.raises(Trouble):
            bring_back(server, tmp_path)
    else:
        bring_back(server, tmp_path)
    assert server.times == left
