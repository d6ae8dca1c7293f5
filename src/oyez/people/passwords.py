"""Which passwords are good enough? Long, not known to thieves, and not about the person.

Length is what counts, and three random words have it (NCSC, "Three random words"). The least is
that of NIST SP 800-63B-4 §3.1.1 for a password that stands alone; no rules on which characters, no
changing by the calendar (both of them, and ASVS 5.0 §6.2).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator

from oyez.ledger.actor import Refusal
from oyez.people import breaches
from oyez.people.models import Person

LEAST, MOST = 15, 200  # characters
_LEFT = 8  # characters that must remain without the words anybody would guess

WHY = {
    "short": f"The password is too short: it needs {LEAST} characters, such as three random words.",
    "long": f"The password is too long: it may have {MOST} characters.",
    "simple": "The password repeats too few characters. Use three random words.",
    "yours": "The password is mostly your name, your address or your organisation. "
    "Use three random words.",
    "known": "This password is known from a theft of passwords somewhere. Choose another.",
}


class Weak(Refusal):
    """The password is not good enough. `why` is a key of WHY."""

    def __init__(self, why: str) -> None:
        super().__init__(WHY[why])
        self.why = why


def as_typed(password: str) -> str:
    """The same characters, however a keyboard put them together (SP 800-63B-4 §3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def judge(password: str, person: Person) -> None:
    """Raises Weak."""
    password = as_typed(password)
    if why := weakness(password, about(person)) or _known(password):
        raise Weak(why)


def weakness(password: str, words: set[str]) -> str:
    """What is wrong with it, as a key of WHY; empty when nothing is. Asks nobody."""
    if len(password) < LEAST:
        return "short"
    if len(password) > MOST:
        return "long"
    if len(set(password)) < 5:
        return "simple"
    rest = password.casefold()
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return "yours" if len(rest) < _LEFT else ""


def about(person: Person) -> set[str]:
    """The words that whoever knows this person would try first."""
    said = f"{person.name} {person.email} {settings.OYEZ.organisation} oyez"
    return {word for word in re.split(r"[^\w]+", said.casefold()) if len(word) > 3}


def _known(password: str) -> str:
    stolen = password.casefold().strip() in _common() or breaches.holds(password)
    return "known" if stolen else ""


@cache
def _common() -> set[str]:
    """Twenty thousand that everybody uses; Django brings them."""
    return set(CommonPasswordValidator().passwords)
