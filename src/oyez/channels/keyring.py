"""Where are a channel's tokens? Opened here, at the moment an adapter writes a header, and nowhere
else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction

from oyez.channels.models import Channel, Secret
from oyez.channels.outside import seal
from oyez.kit.seal import Unsealable
from oyez.networks.contract import SignedOut


class ChannelKeyring:
    """The Keyring of one channel."""

    def __init__(self, channel_id: int) -> None:
        self.channel_id = channel_id

    def read(self, name: str) -> str:
        found = Secret.objects.filter(channel_id=self.channel_id, name=name).first()
        if not found:
            return ""
        try:
            return seal().open(found.sealed, self._place(name))
        except Unsealable as error:
            raise SignedOut(f"The channel's token cannot be opened: {error}") from error

    def write(self, secrets: Mapping[str, str]) -> None:
        """Keep new secrets. An empty one never overwrites: some networks answer a refresh with
        nothing.
        """
        for name, text in secrets.items():
            if text:
                Secret.objects.update_or_create(
                    channel_id=self.channel_id,
                    name=name,
                    defaults={"sealed": seal().seal(text, self._place(name))},
                )

    def renew(self, name: str, stale: str, ask: Callable[[], Mapping[str, str]]) -> str:
        """Replace `stale` under the channel's lock; whoever comes second finds the first one's
        answer.
        """
        with transaction.atomic():
            Channel.objects.select_for_update().get(pk=self.channel_id)
            current = self.read(name)
            if current and current != stale:
                return current
            self.write(ask())
            return self.read(name)

    def _place(self, name: str) -> str:
        return f"channel:{self.channel_id}:{name}"
