"""Is a password among those that were stolen somewhere? Asked without telling it.

The range protocol of Have I Been Pwned (haveibeenpwned.com/API/v3#PwnedPasswords): five of the
forty digits of a digest go out, some eight hundred tails come back, padded, so that neither the
service nor who watches the line learns which was meant.
"""

from __future__ import annotations

import logging
from hashlib import sha1

from django.conf import settings

from oyez.kit.fetch import FetchError
from oyez.people import outside

log = logging.getLogger(__name__)


def holds(password: str) -> bool:
    """False also where nobody asks (OYEZ_BREACH_CHECK=no) or the service is away: the log says so,
    and choosing a password goes on with the list in the house.
    """
    if not settings.OYEZ.breach_check:
        return False
    digest = sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    try:
        return digest[5:] in _tails(digest[:5])
    except (FetchError, ValueError) as trouble:
        log.warning("Nobody could say whether a new password is a stolen one: %s", trouble)
        return False


def _tails(head: str) -> set[str]:
    """The rest of each stolen digest that begins so. Padding has the count 0."""
    answer = outside.client().ask(
        "GET", f"{settings.OYEZ.breach_check}/range/{head}", headers={"Add-Padding": "true"}
    )
    if answer.status != 200:
        raise ValueError(f"The service answered {answer.status}.")
    lines = (line.partition(":") for line in answer.body.decode("ascii").split())
    return {tail for tail, _, count in lines if int(count) > 0}
