"""How does a picture, a film or its captions come in, and how does it go out of use?"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError

from oyez.formats import captions as caption_files
from oyez.formats import films, pictures
from oyez.formats.contract import FormatError, ReaderDown
from oyez.formats.signatures import FILMS, HEAD_BYTES, kind_of
from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act, refuse_unless
from oyez.library import events, queries, rules
from oyez.library.actions.keeping import keep
from oyez.library.models import Attachment

Pieces = Callable[[], Iterator[bytes]]


def upload(file: bytes | BinaryIO, name: str, *, by: Actor) -> Attachment:
    """Take in a picture (up to 30 MB) or film (200 MB), cleaned; `file` can seek.

    The same bytes again are the attachment they were, whatever the name. Raises Refusal in words
    for what is no picture or film of ours.
    """
    refuse_unless(events.UPLOADED, on=None, by=by)  # before a child works for nothing
    _refuse_without_space()
    file = io.BytesIO(file) if isinstance(file, bytes) else file
    given = _digest(file)
    if here := queries.known(given):
        return here
    with _in_words():
        new, pieces = _looked_at(file)
    new.given_digest, new.name = given, rules.file_name(name)
    new.uploaded_at, new.uploaded_by = clock.now(), signed(by)
    try:
        with act(events.UPLOADED, on=new, by=by):
            new.blob = keep(pieces(), new.kind)
            new.save()
    except IntegrityError:  # somebody added the same file while we read it
        if here := queries.known(given):
            return here
        raise
    return new


def caption(attachment: Attachment, content: bytes, *, by: Actor) -> Attachment:
    """Give a film its captions, WebVTT or SubRip up to 1 MB; they replace those it had.

    Their words become the transcript where there is none. Raises Refusal with the line that is
    wrong.
    """
    refuse_unless(events.CAPTIONED, on=attachment, by=by)
    _refuse_without_space()
    if not attachment.is_film:
        raise Refusal("Only a film has captions. A picture has alt text.")
    with _in_words():
        cues = caption_files.read(content)
    attachment.transcript = attachment.transcript or caption_files.words(cues)
    with act(events.CAPTIONED, on=attachment, by=by):
        attachment.captions = keep([caption_files.webvtt(cues)], "text/vtt")
        attachment.save(update_fields=["captions", "transcript"])
    return attachment


def retire(attachment: Attachment, *, by: Actor) -> Attachment:
    """Offer it no more. What was sent with it keeps it, for the record."""
    if attachment.retired_at:
        return attachment
    attachment.retired_at = clock.now()
    with act(events.RETIRED, on=attachment, by=by):
        attachment.save(update_fields=["retired_at"])
    return attachment


def _refuse_without_space() -> None:
    """What is left on a nearly full disk is kept for what is due, and for the record."""
    if (disk := settings.OYEZ.disk()).short:
        raise Refusal(disk.says)


def _digest(file: BinaryIO) -> str:
    """Of the bytes as given; a file over the largest limit is refused unread."""
    size = file.seek(0, io.SEEK_END)
    if size > films.MOST_BYTES:
        raise Refusal("This file is larger than 200 MB. Save it smaller, then add it again.")
    file.seek(0)
    hashed = hashlib.sha256()
    while piece := file.read(films.PIECE):
        hashed.update(piece)
    return hashed.hexdigest()


def _looked_at(file: BinaryIO) -> tuple[Attachment, Pieces]:
    """An attachment to be, and its cleaned bytes."""
    file.seek(0)
    if kind_of(file.read(HEAD_BYTES)) in FILMS:
        return _film(file)
    file.seek(0)
    cleaned = pictures.clean(file.read(pictures.MOST_BYTES + 1))
    new = Attachment(
        kind=cleaned.kind, width=cleaned.width, height=cleaned.height, removed=list(cleaned.removed)
    )
    return new, lambda: iter([cleaned.content])


def _film(file: BinaryIO) -> tuple[Attachment, Pieces]:
    film = films.look(file)
    new = Attachment(
        kind=film.kind,
        width=film.width,
        height=film.height,
        seconds=film.seconds,
        sound=film.sound,
        removed=list(film.removed),
    )
    return new, lambda: films.cleaned(file, film)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (FormatError, ReaderDown) as why:
        raise Refusal(str(why)) from why
