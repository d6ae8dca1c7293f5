"""Sending the e-mail: what is due is handed to a job, tried, and tried again.

Between the mail server’s “yes” and our row there is an instant in which a crash leaves the row as
it was, and the e-mail is sent a second time, with the same Message-ID. We chose that side: an
e-mail may come twice, and is never lost. Only its third day of failing, or a server that says
no for good, ends it; both are on the log page with the reason.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from procrastinate.tasks import Task

from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act, refuse_unless
from oyez.ledger.deferring import defer
from oyez.ledger.moment import database_now
from oyez.notices import events, letters, mail, queries, rules
from oyez.notices.models import How, Notice, Posting
from oyez.people import actions
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.people.rules import job

log = logging.getLogger(__name__)

AT_ONCE = 50
NO_MAIL = (
    "This house sends no e-mail: no mail server is set. "
    "Set OYEZ_MAIL_URL and OYEZ_MAIL_FROM, then start Oyez again. (A house that has one does not "
    "tell its password: a test from another shell needs both there too.)"
)


def hand_out(job: Task[..., None, ...]) -> int:
    """Queue `job` for every e-mail that is due. Returns how many; none without a mail server."""
    if not queries.mail_is_on():
        return 0
    now = database_now()
    with transaction.atomic():
        _take_back_lost(now)
        waiting = Posting.objects.filter(state=Posting.State.WAITING, due_at__lte=now)
        due = list(waiting.order_by("due_at").select_for_update(skip_locked=True)[:AT_ONCE])
        for posting in due:
            posting.state, posting.handed_at = Posting.State.SENDING, now
            posting.tries += 1
            posting.save(update_fields=["state", "handed_at", "tries"])
            defer(job, posting_id=posting.pk)
    return len(due)


def _take_back_lost(now: datetime) -> None:
    for posting in queries.lost().select_for_update(skip_locked=True, of=("self",))[:AT_ONCE]:
        _wait_again(posting, now, "Its job was lost.")


def deliver(posting_id: int) -> None:
    """Send one e-mail that was handed out. No transaction is open while the server is spoken to."""
    sending = Posting.objects.filter(pk=posting_id, state=Posting.State.SENDING)
    posting = sending.select_related("person").first()
    if not posting or not posting.person:
        return
    told_anyway = posting.topic == rules.RIGHTS.name or posting.topic.startswith(rules.FORMER)
    if not posting.person.is_active and not told_anyway:
        _settle(posting, Posting.State.FAILED, "The person is no longer here.")
        return
    try:
        letter = _letter(posting, posting.person)
        posting.subject = letter.subject
        if not posting.topic.startswith(rules.FORMER):
            posting.address = posting.person.email
        _try(posting, letter)
    except Exception:  # one that is never settled would be tried each minute, for ever
        log.exception("E-mail %s was not sent, by a fault of ours.", posting.pk)
        _put_off(posting, mail.NotSent("A fault in Oyez; the log has the detail."))


def _try(posting: Posting, letter: letters.Letter) -> str:
    """Send it and keep what became of it. The server’s words; empty where it did not take it."""
    try:
        said = mail.send(
            posting.address,
            letter.subject,
            letter.body,
            number=f"{posting.pk}-{posting.made_at:%Y%m%d%H%M%S}",
        )
    except mail.NotSent as trouble:
        log.warning("E-mail %s was not sent: %s", posting.pk, trouble)
        _put_off(posting, trouble)
        return ""
    _settle(posting, Posting.State.SENT, "")
    return said


def _put_off(posting: Posting, trouble: mail.NotSent) -> None:
    now = database_now()
    asked = posting.kind == Posting.Kind.LINK  # whoever asked for it stands before the door
    over = now - posting.made_at > (rules.LATE_AFTER if asked else rules.GIVE_UP_AFTER)
    if trouble.final or over or posting.kind == Posting.Kind.TEST:
        _settle(posting, Posting.State.FAILED, str(trouble))
    else:
        with transaction.atomic():
            _wait_again(posting, now + rules.back_off(posting.tries), str(trouble))


def _wait_again(posting: Posting, due: datetime, why: str) -> None:
    """Back to waiting. What was told of its topic meanwhile waits in an e-mail of its own, which
    joins this one: there is never more than one that waits.
    """
    if posting.person and posting.kind == Posting.Kind.AT_ONCE:
        Person.objects.select_for_update().get(pk=posting.person.pk)
        waiting = Posting.objects.filter(
            person=posting.person, topic=posting.topic, state=Posting.State.WAITING
        )
        for newer in waiting.filter(kind=posting.kind).select_for_update():
            newer.notices.update(posting=posting)
            newer.delete()
    posting.due_at = due
    _settle(posting, Posting.State.WAITING, why)


def _settle(posting: Posting, state: str, why: str) -> None:
    posting.state, posting.why = state, rules.cut(why, 500)
    posting.sent_at = database_now() if state == Posting.State.SENT else None
    posting.save()


def _letter(posting: Posting, person: Person) -> letters.Letter:
    """In the house’s language, with the house’s public address."""
    found = posting.notices.order_by("id").values_list("title", "href", "detail")
    told = [letters.Told(*words) for words in found]
    posting.count = len(told)
    all_href = reverse("notices:list")
    with translation.override(person.language or settings.LANGUAGE_CODE):
        if posting.kind in {Posting.Kind.LINK, Posting.Kind.INVITATION}:
            return _way_in(person, invites=posting.kind == Posting.Kind.INVITATION)
        if posting.kind == Posting.Kind.DIGEST:
            return letters.digest(person.name, told, _house(), all_href)
        if posting.topic.startswith(rules.FORMER):
            return letters.former(person.name, posting.made_at)
        if posting.topic == rules.ACCOUNT.name:
            return letters.account(person.name, told, _house())
        topic = str(rules.TOPICS[posting.topic].label)
        return letters.at_once(person.name, told, topic, _house(), all_href)


def _way_in(person: Person, *, invites: bool) -> letters.Letter:
    token = actions.make_link(person, invites=invites, by=job("mail"))
    href = _house() + reverse("signin:use", args=[token])
    return letters.invitation(person.name, href) if invites else letters.link(person.name, href)


def _house() -> str:
    return str(settings.OYEZ.url or settings.OYEZ.local_url)


def gather_digests() -> int:
    """One e-mail for everybody whose hour has come today, with what they have not read. Returns how
    many. What was told after that hour waits for tomorrow's.
    """
    if not queries.mail_is_on():
        return 0
    waiting = Notice.objects.filter(how=How.DIGEST, posting=None, read_at=None)
    numbers = waiting.order_by().values_list("person", flat=True).distinct()
    return sum(_digest(person) for person in people.everyone().filter(pk__in=numbers))


def _digest(person: Person) -> bool:
    now = database_now()
    today = timezone.localtime(now).date()
    hour = timezone.make_aware(datetime.combine(today, queries.digest_time(person)))
    if now < hour or not queries.mail_reaches(person):
        return False
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if Posting.objects.filter(person=person, day=today, kind=Posting.Kind.DIGEST).exists():
            return False
        unread = Notice.objects.filter(
            person=person, how=How.DIGEST, posting=None, read_at=None, made_at__lte=hour
        )
        if not unread.exists():
            return False
        posting = Posting.objects.create(
            person=person,
            address=person.email,
            kind=Posting.Kind.DIGEST,
            day=today,
            made_at=now,
            due_at=now,
        )
        unread.update(posting=posting)
    return True


def send_test(address: str, *, by: Actor) -> str:
    """Send a test to this address now; what the server answered. Raises Refusal when it said no."""
    refuse_unless(events.TESTED, on=None, by=by)
    if not queries.mail_is_on():
        raise Refusal(NO_MAIL)
    try:
        validate_email(address)
    except ValidationError:
        raise Refusal(f"“{address}” is not an e-mail address. Check it and try again.") from None
    letter, now = letters.test(_house()), database_now()
    posting = Posting(
        address=address,
        kind=Posting.Kind.TEST,
        subject=letter.subject,
        state=Posting.State.SENDING,
        tries=1,
        made_at=now,
        due_at=now,
        handed_at=now,
    )
    with act(events.TESTED, on=posting, by=by):
        posting.save()
    said = _try(posting, letter)
    if not said:
        raise Refusal(posting.why)
    return said
