"""With what do we reach the outside? The one outbound client, made from the
settings; and the same client in a hurry, for a look at where a link leads.
"""

from __future__ import annotations

from functools import cache

from django.conf import settings

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Client

LOOK_SECONDS = 5.0
LOOK_BYTES = 256 * 1024


@cache
def client() -> Client:
    """The client that obeys the address rule with the administrator's allow-list."""
    env = settings.OYEZ
    return Client(_rule(), proxy=env.proxy, ca_file=env.ca_file, max_seconds=env.call_limit)


@cache
def looker() -> Client:
    """The same for a look at a page that nobody here reads: little time, and little of it."""
    env, seconds = settings.OYEZ, min(LOOK_SECONDS, settings.OYEZ.call_limit)
    return Client(
        _rule(), proxy=env.proxy, ca_file=env.ca_file, max_seconds=seconds, max_bytes=LOOK_BYTES
    )


def _rule() -> AddressRule:
    env = settings.OYEZ
    practice = (env.practice_url.removeprefix("http://"),) if env.practice else ()
    return AddressRule((*env.allow_private, *practice))
