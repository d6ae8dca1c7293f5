"""Does a message fit its channels?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.kit.text import parts, visible
from oyez.networks.contract import Message
from oyez.networks.fit import fit
from oyez.posts.draft import Draft
from oyez.posts.showing import as_sent

Shown = Mapping[Channel, Sequence[Mapping[str, Any]]]
"""For each channel what a Wording would keep of the pictures, see showing.py."""


def misfits(
    draft: Draft, texts: Mapping[Channel, str], at: datetime, media: Shown | None = None
) -> list[str]:
    """Why these words and pictures cannot go to these channels as they are, a sentence each."""
    if not visible(draft.text) and not any(visible(text) for text in texts.values()):
        return ["The message is empty. Write something people can see."]
    return [
        f"{problem}."
        for channel, text in texts.items()
        for problem in _misfits(draft, channel, text, at, (media or {}).get(channel, ()))
    ]


def _misfits(
    draft: Draft, channel: Channel, text: str, at: datetime, shown: Sequence[Mapping[str, Any]]
) -> list[str]:
    network = channels.network_of(channel)
    found: list[str] = []
    for number, part in enumerate(parts(text)):
        message = Message(
            text=part,
            made_at=at,
            link=draft.link_in(part),
            language=draft.language,
            media=as_sent(shown) if not number else (),
        )
        found += fit(message, network.limits, network.title)
    return found
