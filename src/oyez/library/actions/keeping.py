"""How do bytes come into the database? In chunks, once, whoever brings them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from uuid import uuid4

from django.db import IntegrityError, transaction

from oyez.library.models import CHUNK, Blob, Chunk


def keep(pieces: Iterable[bytes], kind: str) -> Blob:
    """The blob of these bytes, new or the one there was. Runs in its caller's transaction.

    The digest is known only at the end, so the chunks are written under a stand-in first.
    """
    hashed, size = sha256(), 0
    with transaction.atomic():
        blob = Blob.objects.create(digest=f"new {uuid4().hex}", size=0, kind=kind)
        for number, data in enumerate(_chunks(pieces)):
            hashed.update(data)
            size += len(data)
            Chunk.objects.create(blob=blob, number=number, data=data)
        return _named(blob, hashed.hexdigest(), size)


def _named(blob: Blob, digest: str, size: int) -> Blob:
    blob.digest, blob.size = digest, size
    try:
        with transaction.atomic():
            blob.save(update_fields=["digest", "size"])
    except IntegrityError:  # the same bytes are here
        Blob.objects.filter(pk=blob.pk).delete()
        return Blob.objects.get(digest=digest)
    return blob


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut anew so that each chunk but the last is full."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= CHUNK:
            yield bytes(waiting[:CHUNK])
            del waiting[:CHUNK]
    if waiting:
        yield bytes(waiting)
