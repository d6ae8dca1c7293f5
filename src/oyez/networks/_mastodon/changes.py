"""What of our account on a server with Mastodon’s API has been changed since we last looked?

Of the newest page of posts the server says when each was last edited, and of the profile what it
says. An older post that is edited is not seen: there is no list of edits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from hashlib import sha256
from typing import Any

from oyez.networks._given import address
from oyez.networks._given import moment as parsed
from oyez.networks._mastodon import wire
from oyez.networks._servers import clean
from oyez.networks.contract import Change, Changes, Seen

Status = Mapping[str, Any]
_PICTURES = ("avatar", "header")
_LONGEST = 5_000  # of one part of a profile


def since(mark: str, page: Sequence[Status], profile: Mapping[str, Any], server: str) -> Changes:
    """What was edited after `mark`, and the profile where it is not the one it was."""
    edited = max((at for one in page if (at := _edited(one))), default="")
    known, before = _read(mark)
    now = json.dumps([max(edited, known), _digest(profile)])
    if not mark:
        return Changes(now)
    later = [one for one in page if _edited(one) > known]
    found = [seen for one in later if (seen := wire.seen(one, server))]
    return Changes(now, [*found, *([] if before == _digest(profile) else [_profile(profile)])])


def _edited(status: Status) -> str:
    """In UTC, so that text sorts as time does; empty where it never was."""
    at = parsed(status.get("edited_at"))
    return at.astimezone(UTC).isoformat(timespec="milliseconds") if at else ""


def _read(mark: str) -> tuple[str, str]:
    edited, profile = json.loads(mark) if mark else ("", "")
    return edited, profile


def _digest(profile: Mapping[str, Any]) -> str:
    """Of what people read and see of it; not of markup, nor of when a link was last verified, which
    the server changes by itself. It also moves pictures about: of their addresses only the end.
    """
    rows = profile.get("fields")
    fields = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    said = [profile.get("display_name"), profile.get("note")]
    said += [one.get(name) for one in fields for name in ("name", "value")]
    shown = [str(profile.get(name)).partition("?")[0].rpartition("/")[2] for name in _PICTURES]
    words = json.dumps([*(clean(one, _LONGEST) for one in said), *shown])
    return sha256(words.encode()).hexdigest()[:32]


def _profile(profile: Mapping[str, Any]) -> Seen:
    words = f"{clean(profile.get('display_name'))} · {clean(profile.get('note'))}"
    url, version = address(profile.get("url")), _digest(profile)
    return Seen("profile", words, url, version=version, change=Change.ACCOUNT)
