"""Where are a channel's tokens? Opened here, at the moment an adapter writes a header, and nowhere
else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import transaction

from oyez.channels.models import Channel, Secret
from oyez.kit import waypoint
from oyez.kit.seal import MissingKey, Unsealable, WrongKeys
from oyez.ledger.sealing import seal, writing
from oyez.networks.contract import Later, SignedOut

OUR_KEYS = timedelta(minutes=1)  # until we try again when a key of ours is missing


class ChannelKeyring:
    """The Keyring of one channel."""

    def __init__(self, channel_id: int) -> None:
        self.channel_id = channel_id

    def read(self, name: str) -> str:
        """The secret, or an empty string. Raises Later while a key of ours is missing, SignedOut
        where it opens with no key.
        """
        try:
            return self._open_anew(name)
        except (MissingKey, WrongKeys) as error:
            raise Later(str(error), OUR_KEYS) from error
        except Unsealable as error:
            raise SignedOut(f"The channel's token cannot be opened: {error}") from error

    def write(self, secrets: Mapping[str, str]) -> None:
        """Keep new secrets. An empty one never overwrites: some networks answer a refresh with
        nothing.
        """
        with writing() as seal_now:
            for name, text in secrets.items():
                if text:
                    Secret.objects.update_or_create(
                        channel_id=self.channel_id,
                        name=name,
                        defaults={"sealed": seal_now.seal(text, self._place(name))},
                    )

    def renew(self, name: str, stale: str, ask: Callable[[], Mapping[str, str]]) -> str:
        """Replace `stale` under the channel's lock; whoever comes second finds the first one's
        answer. What dies with the answer in hand leaves what was there before (ADR 19).
        """
        with transaction.atomic():
            Channel.objects.select_for_update().get(pk=self.channel_id)
            current = self.read(name)
            if current and current != stale:
                return current
            fresh = ask()
            waypoint.reach(waypoint.RENEWED)
            self.write(fresh)
            return self.read(name)

    def _open(self, name: str) -> str:
        found = Secret.objects.filter(channel_id=self.channel_id, name=name).first()
        return seal().open(found.sealed, found.place) if found else ""

    def _open_anew(self, name: str) -> str:
        """Its key may be dropped once the row is read: by then the row is sealed with another."""
        try:
            return self._open(name)
        except MissingKey:
            return self._open(name)

    def _place(self, name: str) -> str:
        return Secret(channel_id=self.channel_id, name=name).place
