"""Which second factors has somebody? django-allauth's table keeps them; what is secret in it is
sealed for its person.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from oyez.kit.seal import Seal, Unsealable, WrongKeys
from oyez.people import vault

if TYPE_CHECKING:
    from oyez.people.models import Person

APP = Authenticator.Type.TOTP
PASSKEY = Authenticator.Type.WEBAUTHN
RECOVERY = Authenticator.Type.RECOVERY_CODES


def of(person: Person) -> QuerySet[Authenticator]:
    """Apps and passkeys, the eldest first. Recovery codes are none: they stand in for one."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=person)
    return found.exclude(type=RECOVERY).order_by("created_at", "pk")


def has_one(person: Person) -> bool:
    return of(person).exists()


def has_passkey(person: Person) -> bool:
    return of(person).filter(type=PASSKEY).exists()


def app(person: Person) -> Authenticator | None:
    return of(person).filter(type=APP).first()


def codes_left(person: Person) -> int:
    """None where the house cannot open them: they let nobody in."""
    for _ in range(2):  # its key may be dropped once the row is read: then another sealed it
        with suppress(Unsealable, WrongKeys):
            return _codes_left(person)
    return 0


def _codes_left(person: Person) -> int:
    row = Authenticator.objects.filter(user=person, type=RECOVERY).first()
    return len(digests(row)) if row else 0


def sealed(person: Person, kind: str, text: str, seal: Seal) -> str:
    return seal.seal(text, vault.of_person(person.pk, kind))


def opened(row: Authenticator) -> str:
    """The secret of an app, or the digests of recovery codes. Raises Unsealable, and WrongKeys."""
    return vault.opened(row.data["sealed"], vault.of_factor(row))


def digests(recovery: Authenticator) -> list[str]:
    found: list[str] = json.loads(opened(recovery))
    return found
