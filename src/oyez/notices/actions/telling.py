"""Telling everybody concerned of one event, once."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from oyez.kit.text import reveal
from oyez.ledger import queries as ledger
from oyez.ledger.models import Event
from oyez.ledger.moment import database_now
from oyez.notices import queries, rules, tracing
from oyez.notices.models import Notice, Posting
from oyez.notices.rules import Telling
from oyez.notices.subjects import Subject, subject
from oyez.notices.whom import whom
from oyez.people.models import Person
from oyez.people.rules import FIRST, REVIEWER


def tell(event_id: int) -> int:
    """Tell everybody whom this event concerns. Returns how many were told; twice is once."""
    event = ledger.event(event_id)
    telling, about = rules.telling(event.kind), subject(event)
    if not telling or not about:
        return 0
    notice, former = _notice(telling, about, event), tracing.former(event)
    return sum(_one(person, notice, former) for person in whom(telling, about, event))


def _notice(telling: Telling, about: Subject, event: Event) -> Notice:
    """The notice as everybody concerned gets it, in the house's language."""
    with translation.override(settings.LANGUAGE_CODE):
        words = {
            "what": about.what,
            "channel": about.channel,
            "why": about.why or event.data.get("why", ""),
            "by": _called(event),
            **tracing.words(event),
        }
        title = rules.sentence(str(telling.says), words)
        own = telling.topic.own_doing
        detail = tracing.detail(event, _called(event)) if own else ""
    return Notice(
        topic=telling.topic.name,
        title=title,
        detail=detail,
        href=reverse(telling.leads or about.page, args=[about.pk] if about.pk else []),
        on_kind=event.on_kind,
        on_id=event.on_id,
        event=event.pk,
    )


def _called(event: Event) -> str:
    if event.by_kind in {Person.kind, REVIEWER}:
        return reveal(event.by_name)
    return _("Somebody on the command line") if event.by_kind == "console" else "Oyez"


def _one(person: Person, notice: Notice, former: str) -> bool:
    """Tell one person as they want it, and at a former address where that has changed. Their row is
    held, so that two jobs take turns.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        how = queries.ways(person)[notice.topic]
        told = Notice.objects.filter(person=person, event=notice.event).exists()
        if told or how == rules.OFF:
            return False
        notice.pk, notice.person, notice.how, notice.posting = None, person, how, None
        notice.made_at = database_now()
        if how == rules.AT_ONCE and queries.mail_reaches(person):
            notice.posting = _waiting_mail(person, notice.topic, notice.made_at)
        notice.save(force_insert=True)
        if queries.mail_is_on() and former not in {"", FIRST}:
            _mail(person, f"{rules.FORMER}{notice.event}", former, notice.made_at)
    return True


def _waiting_mail(person: Person, topic: str, now: datetime) -> Posting:
    """The e-mail of this topic that has not left yet; else a new one, a minute after the last."""
    mails = Posting.objects.filter(person=person, topic=topic, kind=Posting.Kind.AT_ONCE)
    waiting = mails.filter(state=Posting.State.WAITING).select_for_update().first()
    if waiting:
        return waiting
    last = mails.exclude(handed_at=None).order_by("-handed_at").first()
    free = last.handed_at + rules.BETWEEN_MAILS if last and last.handed_at else now
    return _mail(person, topic, person.email, now, due=max(now, free))


def _mail(
    person: Person, topic: str, address: str, now: datetime, due: datetime | None = None
) -> Posting:
    return Posting.objects.create(
        person=person,
        address=address,
        kind=Posting.Kind.AT_ONCE,
        topic=topic,
        made_at=now,
        due_at=due or now,
    )
