"""Asking, and answering."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from oyez.kit import clock
from oyez.kit.addresses import network_of
from oyez.kit.text import newlines, visible
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act, refuse_unless
from oyez.ledger.events import Kind
from oyez.requests import events, queries, rules
from oyez.requests.models import Knock, Request

log = logging.getLogger(__name__)


class NotSoAsked(Refusal):
    """Something is wrong with what was asked: `problems` has a sentence for each field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(f"{words.rstrip('.')}." for words in problems.values()))


class TooMany(Refusal):
    """The public form has been used too often within the hour."""


def ask(asked: rules.Asked, *, by: Actor, sender: str = "") -> Request:
    """Hand a request in. The same words again within ten minutes are the same request.

    `sender` is the network address of somebody who has not signed in; how often it may ask is
    limited. Raises NotSoAsked (every field that is wrong) or TooMany, and keeps nothing.
    """
    asked, now = asked.tidied(), clock.now()
    if problems := queries.wrong(asked):
        raise NotSoAsked(problems)
    said: dict[str, object] = asdict(asked)
    del said["deadline"]
    said["deadline_at"] = queries.moment(asked.deadline, now) if asked.deadline else None
    said["partner"] = queries.partner_of(asked)
    with transaction.atomic():
        _one_at_a_time()
        if again := _lately(said, now):
            return again
        new = Request(**said, made_at=now, code=secrets.token_urlsafe(24), by=signed(by))
        with act(events.ASKED, on=new, by=by, what=new.kind):
            if sender:
                _count(sender, now)
            new.save()
    return new


def accept(request: Request, *, by: Actor) -> Request:
    """We will say it. The asker sees so at once."""
    return _settle(request, Request.State.ACCEPTED, events.ACCEPTED, why="", by=by)


def refuse(request: Request, *, why: str, by: Actor) -> Request:
    """We will not say it. The asker reads why."""
    said = _words(why, "Say why: whoever asked reads it on their page.")
    return _settle(request, Request.State.REFUSED, events.REFUSED, why=said, by=by)


def answer(request: Request, *, words: str, by: Actor) -> Request:
    """It is done. The asker reads what was done, and where it can be seen."""
    said = _words(words, "Say what was done: whoever asked reads it on their page.")
    return _settle(request, Request.State.DONE, events.ANSWERED, why=said, by=by)


def reopen(request: Request, *, by: Actor) -> Request:
    """Look at a refused or finished request again; it waits like a new one."""
    return _settle(request, Request.State.NEW, events.REOPENED, why="", by=by)


def _settle(request: Request, new: str, kind: Kind, *, why: str, by: Actor) -> Request:
    """Move it on if it is still where it can be moved from; of two at once the second is told."""
    with transaction.atomic():
        held = Request.objects.select_for_update().get(pk=request.pk)
        refuse_unless(kind, on=held, by=by)
        if not rules.may_become(held.state, new):
            who = f" ({held.triaged_by['name']})" if held.triaged_by else ""
            raise Refusal(
                f"Request {held.pk} {rules.IN_WORDS[held.state]}{who}. Look at it again first."
            )
        held.state, held.why = new, why
        held.triaged_by, held.triaged_at = signed(by), clock.now()
        with act(kind, on=held, by=by):
            held.save(update_fields=["state", "why", "triaged_by", "triaged_at"])
    return held


def _words(text: str, missing: str) -> str:
    said = newlines(text).strip()
    if not visible(said):
        raise Refusal(missing)
    if len(said) > 2000 or "\0" in said:
        raise Refusal("Use 2,000 characters or fewer, and no null character.")
    return said


def _one_at_a_time() -> None:
    """Until the transaction ends nobody else asks, so that two at once cannot pass one limit."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('oyez request'))")


def _lately(said: Mapping[str, object], now: datetime) -> Request | None:
    """The request with exactly these words that somebody handed in just now."""
    new = Request.objects.filter(state=Request.State.NEW, made_at__gt=now - rules.SAME_WITHIN)
    return new.filter(**said).first()


def _count(sender: str, now: datetime) -> None:
    Knock.objects.filter(at__lte=now - rules.WINDOW).delete()
    name = salted_hmac("oyez request", network_of(sender), algorithm="sha256").hexdigest()
    if Knock.objects.filter(sender=name).count() >= rules.FROM_ONE:
        log.warning("Too many requests from one connection: %s", name[:12])
        raise TooMany("Many requests came from your connection. Wait an hour, then send it again.")
    if Knock.objects.count() >= rules.FROM_ALL:
        log.warning("Too many requests by the public form.")
        raise TooMany("Very many requests are coming in. Wait an hour, then send it again.")
    Knock.objects.create(sender=name, at=now)
