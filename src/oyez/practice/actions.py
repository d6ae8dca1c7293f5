"""What can be done on the practice network? Tokens, notes, and the sample feed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from oyez.kit import clock
from oyez.kit.text import newlines
from oyez.practice import queries, rules
from oyez.practice.models import Account, Note, Picture, Sample, Token


class NotAllowed(Exception):
    """The network does not take this note. The sentence is the one its API answers."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A note before it is one. `key` is the sender's Idempotency-Key, empty if there is none."""

    text: str
    visibility: str = Note.Visibility.PUBLIC
    language: str = "en"
    warning: str = ""
    sensitive: bool = False
    reply_to: Note | None = None
    key: str = ""
    pictures: Sequence[Picture] = ()


def make_token(name: str) -> str:
    """A new token for the account of that name, made if it is new. Shown once, kept hashed."""
    username = (slugify(name).replace("-", "_") or "council")[:30]
    account, _ = Account.objects.get_or_create(username=username, defaults={"name": name[:100]})
    token = f"practice-{secrets.token_urlsafe(32)}"
    Token.objects.create(account=account, digest=rules.digest(token))
    return token


def publish(account: Account, draft: Draft) -> Note:
    """Put the note on the wall, or return the one its key has already made. Raises NotAllowed."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)  # one at a time: keys must hold
        if done := queries.same_key(account, draft.key, clock.now()):
            return done
        text = newlines(draft.text)
        if why := rules.problem(text, draft.warning, len(draft.pictures)):
            raise NotAllowed(why)
        note = Note.objects.create(
            account=account,
            text=text,
            visibility=draft.visibility,
            language=draft.language,
            warning=draft.warning,
            sensitive=draft.sensitive,
            reply_to=draft.reply_to,
            key=draft.key,
        )
        _hang(note, draft.pictures)
    return note


def bring(account: Account, content: bytes, description: str, focus: str) -> Picture:
    """Keep a picture until a note shows it. Raises NotAllowed.

    Those nobody showed within a day go.
    """
    description = newlines(description)
    if why := rules.picture_problem(content, description):
        raise NotAllowed(why)
    old = clock.now() - rules.UNSHOWN_LASTS
    Picture.objects.filter(note=None, made_at__lt=old).delete()
    return Picture.objects.create(
        account=account,
        kind=rules.kind_of(content),
        content=content,
        description=description,
        focus=rules.focus(focus),
    )


def edit(note: Note, draft: Draft, pictures: Sequence[Picture] | None) -> Note:
    """Let the note say and show something else; None leaves its pictures. Raises NotAllowed."""
    text, count = newlines(draft.text), note.pictures.count() if pictures is None else len(pictures)
    if why := rules.problem(text, draft.warning, count):
        raise NotAllowed(why)
    with transaction.atomic():
        note.text, note.warning, note.language = text, draft.warning, draft.language
        note.edited_at = clock.now()
        note.save()
        if pictures is not None:
            note.pictures.exclude(pk__in=[one.pk for one in pictures]).delete()
            _hang(note, pictures)
    return note


def _hang(note: Note, pictures: Sequence[Picture]) -> None:
    for place, picture in enumerate(pictures):
        picture.note, picture.place = note, place
        picture.save(update_fields=["note", "place"])


def remove(note: Note) -> None:
    """Take the note off the wall for good, with its pictures."""
    note.delete()


def start_sample(*, again: bool = False) -> Sample:
    """Let the sample feed run. One that ran before is left as it is, unless `again`."""
    run = queries.sample()
    return run if run and not again else Sample.objects.create()


def stop_sample() -> None:
    """No further items. Those that came stay in the feed."""
    Sample.objects.filter(stopped_at=None).update(stopped_at=clock.now())
