"""With what does sign-in reach the outside? The one outbound client, in a hurry: somebody waits."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Client

SECONDS = 4.0


@cache
def client() -> Client:
    """The client that obeys the address rule with the administrator's allow-list."""
    env = settings.OYEZ
    rule, seconds = AddressRule(env.allow_private), min(SECONDS, env.call_limit)
    return Client(rule, proxy=env.proxy, ca_file=env.ca_file, max_seconds=seconds)
