"""Second factors: adding, using, removing. Of many who use the same code at once, one does."""

from __future__ import annotations

import json
import logging
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from oyez.kit import clock
from oyez.kit.seal import Unsealable, WrongKeys
from oyez.ledger.actor import Actor, NotAllowed, Refusal
from oyez.ledger.acts import act
from oyez.ledger.sealing import writing
from oyez.people import codes, events, factors, limits, tries, vault
from oyez.people.actions import sessions
from oyez.people.actions.own import for_oneself, here
from oyez.people.models import Person

log = logging.getLogger(__name__)

WRONG = "The code is wrong or has been used. Wait for the next one and try again."
LONGEST_NAME = 60


class Closed(Refusal):
    """The house cannot open what it keeps of somebody's codes; a passkey needs nothing of that."""


def add_app(person: Person, secret: str, code: str, *, by: Actor) -> list[str]:
    """An app that shows codes, in place of any before; every session ends. Raises Refusal unless it
    shows the right one now. Recovery codes, where there were none.
    """
    for_oneself(person, by, events.FACTOR_ADDED)
    step = codes.step_of(secret, code, clock.now())
    if step is None:
        raise Refusal(WRONG)
    done = act(events.FACTOR_ADDED, on=person, by=by, factor="app", **here(by))
    with done, writing() as seal:
        data = {"sealed": factors.sealed(person, factors.APP, secret, seal), "step": step}
        factors.of(person).filter(type=factors.APP).delete()
        Authenticator.objects.create(user=person, type=factors.APP, data=data)
        sessions.next_epoch(person)
        return _first_codes(person)


def add_passkey(
    person: Person, name: str, credential: dict[str, Any], *, with_codes: bool = True, by: Actor
) -> list[str]:
    """A passkey, whose credential has been verified; every session ends. Recovery codes, where
    there were none and they are wanted.
    """
    for_oneself(person, by, events.FACTOR_ADDED)
    data = {"name": name[:LONGEST_NAME], "credential": credential}
    with act(events.FACTOR_ADDED, on=person, by=by, factor="passkey", **here(by)):
        Authenticator.objects.create(user=person, type=factors.PASSKEY, data=data)
        sessions.next_epoch(person)
        return _first_codes(person) if with_codes else []


def make_codes(person: Person, *, by: Actor) -> list[str]:
    """New recovery codes: those before are worth nothing. Shown now and never again."""
    for_oneself(person, by, events.CODES_MADE)
    with act(events.CODES_MADE, on=person, by=by, **here(by)):
        return _fresh_codes(person)


def _first_codes(person: Person) -> list[str]:
    """They come with the first factor, and are on record with it."""
    return [] if factors.codes_left(person) else _fresh_codes(person)


def _fresh_codes(person: Person) -> list[str]:
    fresh = codes.new_recovery_codes()
    digests = json.dumps([codes.digest(one) for one in fresh])
    with writing() as seal:
        data = {"sealed": factors.sealed(person, factors.RECOVERY, digests, seal)}
        Person.objects.select_for_update().get(pk=person.pk)  # two at once: the later ones count
        Authenticator.objects.update_or_create(
            user=person, type=factors.RECOVERY, defaults={"data": data}
        )
    return fresh


def use_code(person: Person, typed: str, *, by: Actor) -> str:
    """Use up a code of the app, or a recovery code: which of them it was ("app", "recovery code").
    Raises Refusal for a wrong one, TooMany after some, Closed where one of ours does not open.
    """
    spent = tries.spend(limits.CODE_OF, str(person.pk))
    with transaction.atomic():
        opened, closed = _opened(person)
        used = next((kind for kind in opened if _USES[kind](*opened[kind], typed)), None)
        if used == factors.RECOVERY:
            with act(events.CODE_USED, on=person, by=by, left=factors.codes_left(person)):
                pass
    if used or (closed and not opened):
        tries.give_back([spent])
    else:
        with act(events.TRY_FAILED, on=person, by=by, door="code"):
            pass
    if used:
        return _CALLED[used]
    raise Closed("What the house keeps of these codes does not open.") if closed else Refusal(WRONG)


def _opened(person: Person) -> tuple[dict[str, tuple[Authenticator, str]], bool]:
    """What is kept of their codes, locked and opened; and whether some of it does not open."""
    kept = Authenticator.objects.select_for_update().filter(user=person, type__in=_USES)
    found, closed = {}, False
    for row in kept.order_by("-type"):
        try:
            found[row.type] = row, factors.opened(row)
        except (Unsealable, WrongKeys) as trouble:
            log.error("Codes of person %s do not open: %s", person.pk, trouble)
            closed = True
    return found, closed


def _use_app_code(row: Authenticator, secret: str, typed: str) -> bool:
    step = codes.step_of(secret, typed, clock.now())
    if step is None or step <= row.data["step"]:
        return False
    row.data["step"], row.last_used_at = step, clock.now()
    row.save(update_fields=["data", "last_used_at"])
    return True


def _use_recovery_code(row: Authenticator, digests: str, typed: str) -> bool:
    left, digest = json.loads(digests), codes.digest(typed)
    if digest not in left:
        return False
    left.remove(digest)
    with writing() as seal:
        row.data["sealed"] = seal.seal(json.dumps(left), vault.of_factor(row))
    row.last_used_at = clock.now()
    row.save(update_fields=["data", "last_used_at"])
    return True


_USES = {factors.APP: _use_app_code, factors.RECOVERY: _use_recovery_code}
_CALLED = {factors.APP: "app", factors.RECOVERY: "recovery code"}


def remove_factor(person: Person, pk: int, *, by: Actor) -> None:
    """One of them; with the last the recovery codes go too. Raises Refusal when it is gone."""
    for_oneself(person, by, events.FACTOR_REMOVED)
    with transaction.atomic():
        row = factors.of(person).filter(pk=pk).select_for_update().first()
        if not row:
            raise Refusal("This factor has been removed already.")
        kind = "app" if row.type == factors.APP else "passkey"
        with act(events.FACTOR_REMOVED, on=person, by=by, factor=kind, **here(by)):
            row.delete()
            if not factors.has_one(person):
                Authenticator.objects.filter(user=person).delete()


def reset_factors(person: Person, *, by: Actor) -> None:
    """For whoever lost everything: no factors, no sessions, no password, since whoever knew that
    alone could set up a factor of their own first. Only on the machine itself: whoever could do it
    on a page could come in as anybody.
    """
    if by.kind == Person.kind:
        raise NotAllowed(by, events.FACTORS_RESET.says)
    with act(events.FACTORS_RESET, on=person, by=by):
        Authenticator.objects.filter(user=person).delete()
        person.set_unusable_password()
        person.save(update_fields=["password"])
        sessions.next_epoch(person)
