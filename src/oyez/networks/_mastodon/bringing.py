"""How do pictures and films get to the server before the status that shows them?

Each is a step of its own whose answer is kept: a try that ends early does not lose what is there.
Nobody sees a file that no status names, so bringing one twice is harmless.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from oyez.networks._http import SOON, Request
from oyez.networks._mastodon import wire
from oyez.networks._servers import host_of
from oyez.networks.contract import Later, Media, Progress

LOOKS = (0.5, 1.0, 2.0, 3.0)
"""Seconds between looks: a call of ours has to end well within half a minute."""
STILL_WORKING = timedelta(seconds=15)

Ask = Callable[[Request], Any]


def bring(
    media: Sequence[Media],
    progress: Progress,
    ask: Ask,
    server: str,
    token: Callable[[], str],
) -> list[str]:
    """The ids of all files, ready to be named. Raises Later while the server works on one."""

    def upload(one: Media) -> str:
        data = ask(wire.upload(server, token(), one, one.load()))
        if (found := wire.uploaded(data)) is None:
            raise Later(f"{host_of(server)} took a file but did not say where it is.", SOON)
        return json.dumps(found)

    def ready(media_id: str) -> str:
        for wait in LOOKS:
            found = wire.uploaded(ask(wire.media(server, token(), media_id)))
            if found and found[1]:
                return media_id
            time.sleep(wait)
        raise Later(f"{host_of(server)} is still working on a file.", STILL_WORKING)

    files = []
    for place, one in enumerate(media):
        answer = progress.once(f"media {place}", partial(upload, one), harmless=True)
        media_id, shown = json.loads(answer)
        if not shown:
            progress.once(f"ready {place}", partial(ready, media_id), harmless=True)
        files.append(media_id)
    return files
