"""Which pictures and films are there, and what are their bytes?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from oyez.ledger.actor import Refusal
from oyez.library.models import CHUNK, Attachment, Blob, Chunk, Consent

PICTURE, FILM = "picture", "film"
_BEGINNINGS = {PICTURE: "image/", FILM: "video/"}


def attachments() -> QuerySet[Attachment]:
    """All in use, the newest first."""
    found = Attachment.objects.filter(retired_at=None).select_related("blob", "captions")
    return found.order_by("-uploaded_at", "-id")


def search(text: str = "", *, missing_alt: bool = False, kind: str = "") -> QuerySet[Attachment]:
    """Those whose words hold each of the words of `text`; `kind` is "picture" or "film". No words
    hold a null, which no column takes.
    """
    if "\0" in text:
        return Attachment.objects.none()
    found = missing_alt_text() if missing_alt else attachments()
    if kind:
        found = found.filter(kind__startswith=_BEGINNINGS[kind])
    for word in text.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(alt__icontains=word)
            | Q(source__icontains=word)
            | Q(licence__icontains=word)
            | Q(transcript__icontains=word)
        )
    return found


def missing_alt_text() -> QuerySet[Attachment]:
    """Pictures that nobody has described yet and nobody called decorative."""
    return attachments().filter(kind__startswith="image/", alt="", decorative=False)


def one(pk: int | str) -> Attachment:
    """The attachment of this number, retired or not. Raises Refusal when there is none."""
    found = Attachment.objects.select_related("blob", "captions")
    told = str(pk)
    if not told.isdecimal() or len(told) > 18 or not (this := found.filter(pk=int(told)).first()):
        raise Refusal(f"There is no picture or film {told}. See the list with: oyez library list")
    return this


def numbered(pks: Iterable[int]) -> dict[int, Attachment]:
    """Those of these numbers that are here, also out of use: a message that has one keeps it."""
    return Attachment.objects.in_bulk(list(pks))


def known(given_digest: str) -> Attachment | None:
    """The attachment in use that was made of these very bytes."""
    return attachments().filter(given_digest=given_digest).first()


def consents(attachment: Attachment) -> QuerySet[Consent]:
    return attachment.consents.order_by("who", "id")


def consent(pk: int) -> Consent:
    """The consent of this number. Raises Refusal when there is none."""
    found = Consent.objects.select_related("attachment").filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no consent {pk}.")
    return found


def expiring_consents(days: int, *, today: date) -> QuerySet[Consent]:
    """Consents that end within so many days or have ended, of what is in use; the first first."""
    standing = Consent.objects.filter(withdrawn_at=None, attachment__retired_at=None)
    soon = standing.filter(expires_on__lte=today + timedelta(days=days))
    return soon.select_related("attachment").order_by("expires_on", "id")


def blob(digest: str) -> Blob:
    """The bytes of this digest. Raises Refusal when they are no longer here."""
    if not (found := Blob.objects.filter(digest=digest).first()):
        raise Refusal("These bytes are no longer here.")
    return found


def read(blob: Blob) -> bytes:
    """All of it. For films take stream()."""
    return b"".join(stream(blob))


def stream(blob: Blob, begin: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The bytes from `begin` up to `end`, a chunk at a time."""
    end = blob.size if end is None else min(end, blob.size)
    for number in range(begin // CHUNK, -(-end // CHUNK)):
        data = Chunk.objects.values_list("data", flat=True).get(blob=blob, number=number)
        start = number * CHUNK
        yield bytes(data)[max(0, begin - start) : end - start]
