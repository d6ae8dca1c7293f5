"""Which pictures and films stand beside a published message, and how do they reach the public?

An address names the message and the bytes, so nothing is served that is not published, and a
message that is taken away takes its pictures with it. Caches keep them for a day, not for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from oyez.deliveries import queries as deliveries
from oyez.library import queries as library
from oyez.web.failures import found
from oyez.web.library import serving
from oyez.web.news.opening import public

if TYPE_CHECKING:
    from oyez.deliveries.models import Delivery

SIDES = {"small": 480, "wide": 1200}
"""Pixels of the longer side; "whole" is the file as it was approved."""
WHOLE, CAPTIONS = "whole", "captions"
NAME = 16  # figures of the digest that an address shows
A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture or film on the page. Width and height keep its place until it is there."""

    src: str
    alt: str
    film: bool
    width: int
    height: int
    sizes: str = ""  # for srcset
    captions: str = ""


def shown(delivery: Delivery) -> list[Shown]:
    """Those of a published message, in its order."""
    return [_shown(delivery.key, medium) for medium in delivery.words_there.media]


def _shown(key: str, medium: Mapping[str, Any]) -> Shown:
    width, height = medium["width"], medium["height"]
    if is_film(medium):
        captions = address(key, medium, CAPTIONS) if medium.get("captions") else ""
        src = address(key, medium, WHOLE)
        return Shown(src, medium["alt"], True, width, height, captions=captions)
    drawn = {size: scaled(width, height, side) for size, side in SIDES.items()}
    sizes = {drawn[size][0]: address(key, medium, size) for size in drawn}
    srcset = ", ".join(f"{src} {wide}w" for wide, src in sizes.items())
    return Shown(address(key, medium, "small"), medium["alt"], False, *drawn["wide"], srcset)


def is_film(medium: Mapping[str, Any]) -> bool:
    return str(medium["kind"]).startswith("video/")


def address(key: str, medium: Mapping[str, Any], size: str) -> str:
    return reverse("news:picture", args=[key, medium["digest"][:NAME], size])


def scaled(width: int, height: int, side: int) -> tuple[int, int]:
    """How large it is once its longer side is at most so many pixels."""
    part = min(1, side / max(width, height, 1))
    return round(width * part), round(height * part)


def _etag(request: HttpRequest, key: str, name: str, size: str) -> str:
    return f'"{name}{size}"'


@require_safe
@public
@condition(etag_func=_etag)
def picture(request: HttpRequest, key: str, name: str, size: str) -> HttpResponseBase:
    """A picture in one of its sizes, a film whole or in part, or a film's captions."""
    medium = _medium(key, name)
    if size == CAPTIONS and medium.get("captions"):
        return _out(_file(medium["captions_digest"], "text/vtt; charset=utf-8"))
    if is_film(medium) and size == WHOLE:
        return _out(serving.sent(request, found(library.blob, medium["digest"])))
    if size == WHOLE:
        return _out(_file(medium["digest"], medium["kind"]))
    if is_film(medium) or size not in SIDES:
        raise Http404
    one = found(library.one, medium["attachment"])
    return _out(found(lambda side: serving.drawn(one, side), SIDES[size]))


def _file(digest: str, kind: str) -> HttpResponse:
    return HttpResponse(library.read(found(library.blob, digest)), content_type=kind)


def _medium(key: str, name: str) -> Mapping[str, Any]:
    """What the published message keeps of it; "Page not found" for anything else."""
    delivery = deliveries.published().filter(key=key).first()
    media = delivery.words_there.media if delivery and len(name) == NAME else []
    medium: Mapping[str, Any] | None = next(
        (m for m in media if m["digest"].startswith(name)), None
    )
    if not medium:
        raise Http404
    return medium


def _out(answer: HttpResponseBase) -> HttpResponseBase:
    """For everybody, and for readers of our feeds on other sites; unless the page is not open."""
    if not settings.OYEZ.url:
        return serving.kept(answer, "private, no-store")
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return serving.kept(answer, f"public, max-age={A_DAY}")
