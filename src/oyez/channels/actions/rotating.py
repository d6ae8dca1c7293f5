"""New keys for what is sealed, while the house works.

A new key goes first in the file; every secret is sealed again; the old key goes when nothing needs
it. Killed anywhere, the next call goes on: the file and the rows say how far it came. Why nothing
can be lost is in ADR 19.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from oyez.channels import events, queries, rules
from oyez.channels.models import SealKey
from oyez.kit import clock
from oyez.kit.keys import KeyFile
from oyez.kit.seal import Unsealable, new_key
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.ledger.sealing import WRITING, Kept, keeping, keys, seal

GRACE = timedelta(seconds=60)
BATCH = 100
PATIENCE = 60.0  # seconds for whoever renews a token, or is about to write one
_PAUSE = 0.2
Tell = Callable[[str], None]


@dataclass(slots=True)
class Rotation:
    """How far it came. `stuck`: secrets that do not open, by the place they are for."""

    key: str
    added: bool = False
    resealed: int = 0
    stuck: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    why_kept: str = ""


def rotate(*, by: Actor, grace: timedelta = GRACE, tell: Tell = lambda said: None) -> Rotation:
    """Put a new key first where none has been begun, seal everything again, drop what nobody needs.

    Raises Refusal where the keys come from a setting with a single key, and while another rotation
    goes on.
    """
    with _alone():
        _record(by)
        done = Rotation(seal().ids[0])
        if len(seal().ids) == 1 and not _is_left_from_before():
            done.key, done.added = _add(by), True
            tell(f"The key {done.key} seals from now on.")
        _reseal(done, by, tell)
        _drop(done, by, grace, tell)
    return done


def _is_left_from_before() -> bool:
    """Keys from a setting, and something that none of them sealed: that can be sealed with them."""
    given = seal().ids
    return not isinstance(keys(), KeyFile) and any(one not in given for one in queries.key_uses())


def _add(by: Actor) -> str:
    source = keys()
    if not isinstance(source, KeyFile):
        raise Refusal(f"The keys come from {source.where}: this house cannot change them.")
    name = rules.next_key_name([*seal().ids, *queries.seal_keys().values_list("name", flat=True)])
    source.put_first(new_key(name))
    _record(by)
    return name


def _record(by: Actor) -> None:
    """Write down what has become of the keys, also by the hand of somebody who died meanwhile."""
    given, known = seal().ids, queries.seal_keys()
    for name in reversed([one for one in given if not known.filter(name=one).exists()]):
        key = SealKey(name=name, added_at=clock.now())
        with act(events.KEY_ADDED, on=key, by=by, key=name):
            key.save()
    for key in known.filter(dropped_at=None).exclude(name__in=given):
        key.dropped_at = clock.now()
        with act(events.KEY_DROPPED, on=key, by=by, key=key.name):
            key.save(update_fields=["dropped_at"])


def _reseal(done: Rotation, by: Actor, tell: Tell) -> None:
    for kept in keeping():
        _reseal_all(kept, done, tell)
    if done.resealed:
        key = queries.seal_keys().get(name=done.key)
        with act(events.SECRETS_RESEALED, on=key, by=by, key=done.key, count=done.resealed):
            pass


def _reseal_all(kept: Kept, done: Rotation, tell: Tell) -> None:
    until, stuck = time.monotonic() + PATIENCE, set[object]()
    while (rows := kept.rows().exclude(sealed_by=done.key).exclude(pk__in=stuck)).exists():
        count = _reseal_some(kept, rows, done, stuck)
        done.resealed += count
        if count:
            tell(f"{done.resealed} sealed anew.")
        elif time.monotonic() > until:
            raise Refusal(
                "Some secrets are being renewed all the time. Nothing is lost: run again."
            )
        else:
            time.sleep(_PAUSE)


def _reseal_some(kept: Kept, rows: QuerySet[Any], done: Rotation, stuck: set[object]) -> int:
    """Those that nobody is renewing at this moment; the others come again."""
    count = 0
    with transaction.atomic():
        for row in rows.order_by("pk").select_for_update(skip_locked=True)[:BATCH]:
            try:
                text = kept.open(row)
            except Unsealable:
                stuck.add(row.pk)
                done.stuck.append(kept.place(row))
            else:
                kept.put(row, seal().seal(text, kept.place(row)))
                count += 1
    return count


def _drop(done: Rotation, by: Actor, grace: timedelta, tell: Tell) -> None:
    """Let old keys go, unless a secret names one or somebody is still writing with it."""
    done.kept, source = list(seal().ids[1:]), keys()
    if not done.kept or not isinstance(source, KeyFile):
        done.why_kept = "" if not done.kept else f"Take them out of {source.where} and restart."
        return
    _wait(source.changed_at + grace.total_seconds() - time.time(), tell)
    with _nobody_writes() as quiet:
        needed = [one for one in queries.key_uses() if one in done.kept]
        if needed or not quiet:
            done.why_kept = _why_kept(needed)
            return
        source.drop(done.kept)
    done.dropped, done.kept = done.kept, []
    _record(by)


def _why_kept(needed: list[str]) -> str:
    if not needed:
        return "Somebody has been writing a secret for a minute. Run this again."
    return (
        f"Secrets still name {', '.join(needed)}: enter anew, or remove, what does not open, "
        "then run this again."
    )


def _wait(seconds: float, tell: Tell) -> None:
    if seconds > 0:
        tell(f"The old key goes in {seconds:.0f} seconds, when nobody can be using it.")
        time.sleep(seconds)


@contextmanager
def _nobody_writes() -> Iterator[bool]:
    """True while no secret can be written. Whoever writes one holds this lock, shared, from before
    they read the keys until the row is committed.
    """
    until = time.monotonic() + PATIENCE
    with transaction.atomic():
        while not (quiet := _try(WRITING)) and time.monotonic() < until:
            time.sleep(_PAUSE)
        yield quiet


@contextmanager
def _alone() -> Iterator[None]:
    """One rotation at a time; the lock goes with the process, whatever happens."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext('oyez rotate'))")
        if cursor.fetchone() != (True,):
            raise Refusal("Another rotation is going on. Wait until it has ended.")
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(hashtext('oyez rotate'))")


def _try(lock: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext(%s))", [lock])
        return bool(cursor.fetchone() == (True,))
