"""What has anybody written on our account since we last looked, under whichever key?

The newest commit names the state of the whole repository: as long as it is the same, nothing was
written. Else the server gives the blocks that are new, in proportion to the change. Below 10 MB, as
everything that we ask for; more at once is told of as one thing that nobody here did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from oyez.networks._http import SOON, Request, TooMuch
from oyez.networks._servers import clean, host_of
from oyez.networks.bluesky import repo, wire
from oyez.networks.bluesky.cbor import Senseless
from oyez.networks.contract import Change, Changes, Later, Seen

PROFILE = "app.bsky.actor.profile"
_SHOWN = {  # what people see and read as ours; not whom we follow, like or block
    *(wire.COLLECTION, wire.REPOSTS, PROFILE, "app.bsky.actor.status"),
    *("app.bsky.graph.list", "app.bsky.graph.starterpack", "app.bsky.feed.generator"),
}
_WORDS = ("text", "displayName", "name", "title", "description")
_MOST = 500
_TOO_MUCH = "More was written on the account at once than can be looked through."

Ask = Callable[[Request], Any]


def since(ask: Ask, server: str, did: str, handle: str, mark: str) -> Changes:
    """What was written since the commit `mark`; with none, only the mark of now."""
    now = wire.revision(ask(wire.latest_commit(server, did)))
    if not now:
        raise Later(f"{host_of(server)} did not say how new the account is.", SOON)
    if not mark or now == mark:
        return Changes(now)
    try:
        found = repo.written(ask(wire.blocks_since(server, did, mark)))
    except Senseless as error:
        raise Later(f"{host_of(server)} did not show what has changed.", SOON) from error
    except TooMuch:
        return Changes(now, [_too_much(did, handle, now)])
    shown = [one for one in found if one.path.partition("/")[0] in _SHOWN]
    if len(shown) > _MOST:
        return Changes(now, [_too_much(did, handle, now)])
    return Changes(now, [seen for one in shown if (seen := _one(one, did, handle))])


def _one(one: repo.Record, did: str, handle: str) -> Seen | None:
    told = {"uri": f"at://{did}/{one.path}", "cid": one.version, "value": one.value}
    seen = next(iter(wire.seen({"records": [told]}, handle)), None)
    if not seen or one.path.partition("/")[0] in {wire.COLLECTION, wire.REPOSTS}:
        return seen
    url = f"https://bsky.app/profile/{handle}"
    return replace(seen, words=_words(one), url=url, change=Change.ACCOUNT)


def _words(one: repo.Record) -> str:
    return clean(
        " · ".join(said for name in _WORDS if isinstance(said := one.value.get(name), str))
    )


def _too_much(did: str, handle: str, now: str) -> Seen:
    url = f"https://bsky.app/profile/{handle}"
    return Seen(f"at://{did}", _TOO_MUCH, url, version=now, change=Change.ACCOUNT)
