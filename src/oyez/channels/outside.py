"""With what do we reach the outside? The one outbound client and the one seal, made from the
settings.
"""

from __future__ import annotations

from functools import cache

from django.conf import settings

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Client
from oyez.kit.seal import Seal


@cache
def client() -> Client:
    """The client that obeys the address rule with the administrator's allow-list."""
    env = settings.OYEZ
    practice = (env.practice_url.removeprefix("http://"),) if env.practice else ()
    return Client(
        AddressRule((*env.allow_private, *practice)),
        proxy=env.proxy,
        ca_file=env.ca_file,
        max_seconds=env.call_limit,
    )


@cache
def seal() -> Seal:
    return Seal(settings.OYEZ_SEAL_KEYS)
