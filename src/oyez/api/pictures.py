"""How do feeds carry the pictures and films of a message? Inside its words with their alt text, and
as the file itself: an enclosure in Atom, an attachment in JSON Feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.utils.html import format_html, format_html_join, linebreaks, urlize
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from oyez.deliveries.models import Delivery

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_html(delivery: Delivery) -> str:
    """The pictures, at a size for reading; a film as a link that says what it is."""
    return format_html_join("", "{}", ((one,) for one in _in_html(delivery)))


def _in_html(delivery: Delivery) -> Iterator[str]:
    for medium in delivery.words_there.media:
        alt = NOT_IN_XML.sub("", medium["alt"])
        if _is_film(medium):
            yield format_html('<p><a href="{}">{}</a></p>', _at(delivery, medium), alt or _("Film"))
        else:
            wide = _at(delivery, medium, "wide")
            yield format_html('<p><img src="{}" alt="{}"></p>', wide, alt)


def as_enclosures(delivery: Delivery) -> list[Enclosure]:
    """Each file as it was approved (RFC 4287, 4.2.7.2: rel, type and length)."""
    return [
        Enclosure(_at(delivery, medium), str(medium["size"]), medium["kind"])
        for medium in delivery.words_there.media
    ]


def as_json(delivery: Delivery) -> dict[str, Any]:
    """JSON Feed 1.1: `attachments`, the first picture as `image`, and the words with pictures."""
    media = delivery.words_there.media
    if not media:
        return {}
    words = linebreaks(urlize(delivery.words_there.text, autoescape=True)) + as_html(delivery)
    first = next((medium for medium in media if not _is_film(medium)), None)
    return {
        "content_html": words,
        "attachments": [_attachment(delivery, medium) for medium in media],
        **({"image": _at(delivery, first, "wide")} if first else {}),
    }


def _attachment(delivery: Delivery, medium: Mapping[str, Any]) -> dict[str, Any]:
    known = {
        "url": _at(delivery, medium),
        "mime_type": medium["kind"],
        "size_in_bytes": medium["size"],
        "title": medium["alt"],
        "duration_in_seconds": medium.get("seconds"),
    }
    return {name: value for name, value in known.items() if value}


def _is_film(medium: Mapping[str, Any]) -> bool:
    return str(medium["kind"]).startswith("video/")


def _at(delivery: Delivery, medium: Mapping[str, Any], size: str = "whole") -> str:
    there = reverse("news:picture", args=[delivery.key, medium["digest"][:16], size])
    return f"{settings.OYEZ.url}{there}"
