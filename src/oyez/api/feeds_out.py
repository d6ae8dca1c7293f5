"""How do other programs read what we published? Atom (RFC 4287) and JSON Feed 1.1, with ETag.

Ids and links are made of OYEZ_URL, the public address; without it there is nothing to offer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks, urlize
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oyez.api import pictures
from oyez.channels import queries as channels
from oyez.deliveries import queries as deliveries

if TYPE_CHECKING:
    from oyez.deliveries.models import Delivery

AT_MOST = 50
KEEP = "public, max-age=60"

Writing = Callable[[Sequence["Delivery"], datetime], HttpResponse]


@require_safe
@login_not_required
def atom(request: HttpRequest) -> HttpResponseBase:
    """/news.atom: what was published last, newest first."""
    return _answer(request, _as_atom)


@require_safe
@login_not_required
def json_feed(request: HttpRequest) -> HttpResponseBase:
    """/news.json: the same, as JSON Feed 1.1."""
    return _answer(request, _as_json)


def _answer(request: HttpRequest, write: Writing) -> HttpResponseBase:
    """Write it, name it by its digest, and answer 304 to whoever has it already."""
    if not settings.OYEZ.url:
        return _closed(request)
    found = list(deliveries.published()[:AT_MOST])
    changed = _changed()
    response = write(found, changed)
    etag = quote_etag(sha256(response.content).hexdigest()[:32])
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    response.headers["Cache-Control"] = KEEP
    answer = get_conditional_response(request, etag, int(changed.timestamp()), response)
    return answer or response


def _closed(request: HttpRequest) -> HttpResponse:
    said = _("There is no public feed here.")
    if request.user.is_authenticated:
        said = _("Set OYEZ_URL to the public address of this server to offer this feed.")
    return HttpResponse(f"{said}\n", status=404, content_type="text/plain; charset=utf-8")


def _changed() -> datetime:
    """When there was last something new, corrected or taken down; before the first message, when
    our page was opened.
    """
    if last := deliveries.changed_on_our_own():
        return last
    ours = channels.ours().first()
    return ours.linked_at if ours else datetime.fromtimestamp(0).astimezone()


class Atom(Atom1Feed):
    """Django's writer, which would say "now" for a feed that has no entries yet."""

    def latest_post_date(self) -> datetime:
        changed: datetime = self.feed["changed"]
        return changed


def _as_atom(found: Sequence[Delivery], changed: datetime) -> HttpResponse:
    feed = Atom(
        title=_title(),
        link=_address("news:list"),
        description=None,
        language=settings.LANGUAGE_CODE,
        author_name=_author(),
        feed_url=_address("feeds_out:atom"),
        feed_guid=_address("feeds_out:atom"),
        changed=changed,
    )
    for delivery in found:
        feed.add_item(**_entry(delivery))
    body = feed.writeString("utf-8")
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _entry(delivery: Delivery) -> dict[str, Any]:
    wording = delivery.words_there
    text = pictures.NOT_IN_XML.sub("", wording.body or wording.text)
    address = _address("news:one", delivery.key)
    return {
        "title": pictures.NOT_IN_XML.sub("", wording.headline),
        "link": address,
        "unique_id": address,
        "description": linebreaks(urlize(text, autoescape=True)) + pictures.as_html(delivery),
        "enclosures": pictures.as_enclosures(delivery),
        "pubdate": delivery.settled_at,
        "updateddate": delivery.corrected_at or delivery.settled_at,
    }


def _as_json(found: Sequence[Delivery], changed: datetime) -> HttpResponse:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(),
        "home_page_url": _address("news:list"),
        "feed_url": _address("feeds_out:json"),
        "language": settings.LANGUAGE_CODE,
        "authors": [{"name": _author()}],
        "items": [_item(delivery) for delivery in found],
    }
    return JsonResponse(
        feed, json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json"
    )


def _item(delivery: Delivery) -> dict[str, Any]:
    wording = delivery.words_there
    address = _address("news:one", delivery.key)
    item = {
        "id": address,
        "url": address,
        "title": wording.headline,
        "content_text": wording.text,
        "date_published": delivery.settled_at.isoformat() if delivery.settled_at else None,
        "language": wording.language,
    }
    if delivery.corrected_at:
        item["date_modified"] = delivery.corrected_at.isoformat()
    if wording.link:
        item["external_url"] = wording.link
    return item | pictures.as_json(delivery)


def _title() -> str:
    return _("News of %s") % _author()


def _author() -> str:
    """The body's name, as far as the settings know it; else its address."""
    return str(getattr(settings.OYEZ, "organisation", "") or settings.OYEZ.public_host)


def _address(name: str, *args: str) -> str:
    return f"{settings.OYEZ.url}{reverse(name, args=args)}"
