"""Many processes that use one channel at once, while others put new keys first and are killed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from typing import Any

from oyez.kit import waypoint
from tests.faults.place import Place
from tests.faults.strikes import WORKER, Plan, Strike
from tests.faults.tokens import Issuer

RENEWING = [sys.executable, "-m", "tests.faults.renewing"]


def link(place: Place, issuer: Issuer) -> int:
    """The issuer's account with the tokens it has now; again for an account that we have."""
    answers = {"server": issuer.url, **issuer.tokens}
    number = place.ask("link", network="judged_renewing", name="renewing", answers=answers)
    return int(number)


def working(issuer: Issuer) -> bool:
    return issuer.knows(f"Bearer {issuer.tokens['access']}")


def crowded(
    place: Place,
    channel: int,
    *,
    processes: int,
    threads: int,
    rotations: int,
    kills: int,
    seed: int,
) -> dict[str, Any]:
    """Let them all work; rotate so often, and kill so many other rotations somewhere before."""
    chance = random.Random(seed)
    users = [_start(place, str(channel), str(threads)) for _ in range(processes)]
    time.sleep(1)
    for _ in range(kills):
        victim = _start(place, "rotate")
        time.sleep(chance.uniform(0.5, 2.0))
        victim.kill()
        victim.communicate()
    ends = [_end(_start(place, "rotate")) for _ in range(rotations)]
    used = sum(_end(user)["used"] for user in users)
    return {
        "used": used,
        "rotations": len(ends),
        "stuck": [place for end in ends for place in end["stuck"]],
        "keys": place.rows("select distinct split_part(sealed, ':', 1) from channels_secret"),
    }


def codes_while_keys_change(place: Place, *, kills: int, seed: int) -> dict[str, Any]:
    """People use up their recovery codes while one rotation after the other is killed somewhere."""
    chance, given = random.Random(seed), _end(_start(place, "people"))
    halves = [dict(list(given.items())[at::2]) for at in (0, 1)]
    users = [_start(place, "codes", json.dumps(half)) for half in halves]
    for _ in range(kills):
        victim = _start(place, "rotate")
        time.sleep(chance.uniform(0.8, 2.5))
        victim.kill()
        victim.communicate()
    ends = [_end(user) for user in users]
    last = _end(_start(place, "rotate"))
    return {
        "codes": sum(map(len, given.values())),
        "used": sum(end["used"] for end in ends),
        "opened": sum(end["opened"] for end in ends),
        "stuck": last["stuck"],
        "keys": place.rows("select distinct split_part(data->>'sealed', ':', 1)"
                           " from mfa_authenticator where data ? 'sealed'"),
        "last": last["key"],
    }  # fmt: skip


def dies_with_new_tokens(place: Place, issuer: Issuer, channel: int, number: int) -> None:
    """Somebody asks for new tokens, is given them, and dies before they are written down."""
    marks = place.folder / f"marks {number}"
    marks.mkdir()
    plan = Plan(marks, place.data)
    plan.add(Strike(waypoint.RENEWED, WORKER))
    issuer.expire()
    victim = _start(place, str(channel), "1", **plan.environ())
    assert victim.wait(60) < 0
    assert plan.done == 1
    victim.communicate()


def uses_once(place: Place, channel: int) -> int:
    return int(_end(_start(place, str(channel), "1"))["used"])


def _start(place: Place, *words: str, **environ: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*RENEWING, *words], env={**place.environ, "OYEZ_CALL_LIMIT": "20", **environ}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def _end(process: subprocess.Popen[str]) -> dict[str, Any]:
    told, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    found: dict[str, Any] = json.loads(told)
    return found
