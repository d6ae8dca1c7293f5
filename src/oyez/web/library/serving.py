"""How does a picture, film or caption reach a signed-in browser? The public page serves its own
(web/news/pictures.py) with the same hands.

Pictures are only ever those we drew ourselves. An address names bytes that never change, so a
browser may keep them; captions may change, so it asks.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import condition, require_safe

from oyez.formats.pictures import Box
from oyez.library import actions, queries
from oyez.web.failures import found

if TYPE_CHECKING:
    from oyez.library.models import Attachment, Blob

THUMB = 320
_SIZES = {"thumb": THUMB, "view": 1200}
_WEB = ("image/jpeg", "image/png", "image/webp")
_KEEP = "private, max-age=31536000, immutable"
_PIECE = 4 * 1024 * 1024
"""At most so much of a film in one answer to a range: the browser asks for the next."""
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})|bytes=-(\d{1,18})")


def _digest(request: HttpRequest, pk: int, size: str = "") -> str:
    """The address with its digest: known without drawing anything."""
    return f'"{found(queries.one, pk).blob.digest[:32]}{size}"'


@require_safe
@condition(etag_func=_digest)
def picture(request: HttpRequest, pk: int, size: str) -> HttpResponseBase:
    """The picture for a list ("thumb", 320 pixels) or a page ("view", 1,200)."""
    one = found(queries.one, pk)
    if size not in _SIZES or one.is_film:
        raise Http404
    return kept(drawn(one, _SIZES[size]))


def drawn(one: Attachment, side: int) -> HttpResponse:
    """The picture, its longer side at most so many pixels. Raises Refusal where that cannot be."""
    blob = actions.render_for(one, Box(max_side=side, kinds=_WEB)).blob
    return HttpResponse(queries.read(blob), content_type=blob.kind)


@require_safe
def film(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The film, or the part of it that the browser asks for."""
    one = found(queries.one, pk)
    if not one.is_film:
        raise Http404
    return sent(request, one.blob)


def sent(request: HttpRequest, blob: Blob, keep: str = _KEEP) -> HttpResponseBase:
    """The bytes as they are, or the range of them that is asked for."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked:
        return kept(_whole(blob), keep)
    begin, end = _span(asked, blob.size)
    if begin >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{blob.size}"})
    content = b"".join(queries.stream(blob, begin, end))
    answer = HttpResponse(content, status=206, content_type=blob.kind)
    answer.headers["Content-Range"] = f"bytes {begin}-{end - 1}/{blob.size}"
    return kept(answer, keep)


@require_safe
def captions(request: HttpRequest, pk: int) -> HttpResponse:
    """The film's captions as WebVTT."""
    one = found(queries.one, pk)
    if not one.captions:
        raise Http404
    return HttpResponse(queries.read(one.captions), content_type="text/vtt; charset=utf-8")


def _span(asked: re.Match[str], size: int) -> tuple[int, int]:
    """From where to where: at most one piece, within the film."""
    first, last, tail = asked.groups()
    begin = max(0, size - int(tail)) if tail else int(first)
    end = min(size, int(last) + 1) if last else size
    return begin, min(end, begin + _PIECE)


def _whole(blob: Blob) -> HttpResponseBase:
    """All of it, a piece at a time: never whole in memory."""

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, blob.size, _PIECE):
            yield await sync_to_async(_piece)(blob, at)

    answer = StreamingHttpResponse(pieces(), content_type=blob.kind)
    answer.headers["Content-Length"] = str(blob.size)
    return answer


def _piece(blob: Blob, at: int) -> bytes:
    """Read in a thread that nobody tidies once the answer is under way."""
    try:
        return b"".join(queries.stream(blob, at, at + _PIECE))
    finally:
        connection.close_if_unusable_or_obsolete()


def kept(answer: HttpResponseBase, keep: str = _KEEP) -> HttpResponseBase:
    """A file to look at in its place, for as long as `keep` says, whatever else it pretends."""
    answer.headers["Cache-Control"] = keep
    kind = answer.headers["Content-Type"].rpartition("/")[2]
    answer.headers["Content-Disposition"] = f'inline; filename="oyez.{kind}"'  # never theirs
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
