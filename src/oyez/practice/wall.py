"""What do people see on the practice network? The wall: every note, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from oyez.kit import clock
from oyez.practice import queries, rules
from oyez.practice.models import Account, Note, Picture
from oyez.practice.wire import picture_path
from oyez.practice.wording import as_html

PAGE = 20


@dataclass(frozen=True, slots=True)
class Card:
    """A note as the wall shows it."""

    note: Note
    html: SafeString
    mark: str  # who sees it, where that is not everybody
    pictures: list[tuple[str, Picture]]  # each with where its bytes are


@dataclass(frozen=True, slots=True)
class Run:
    """How far the sample feed is."""

    come: int
    all: int
    goes_on: bool
    cut_short: bool  # before all had come: a real channel is there


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The wall."""
    notes = queries.wall()
    newest = notes.first()
    state = _count(notes.count()) if newest else ""
    return _list(request, notes, _("Practice wall"), state, newest.pk if newest else 0)


@require_safe
def account(request: HttpRequest, username: str) -> HttpResponse:
    """One account's notes."""
    who = Account.objects.filter(username=username).first()
    if who is None:
        raise Http404
    notes = queries.wall().filter(account=who)
    return _list(request, notes, who.name, f"@{who.username} · {_count(notes.count())}")


@require_safe
def note(request: HttpRequest, username: str, note_id: int) -> HttpResponse:
    """One note: where a receipt leads."""
    found = queries.wall().filter(pk=note_id, account__username=username).first()
    if found is None:
        raise Http404
    return render(request, "practice/note.html", {"card": card(found), **_house()})


@require_safe
def picture(request: HttpRequest, picture_id: int, ending: str) -> HttpResponse:
    """The bytes of one picture, as what they are."""
    found = Picture.objects.filter(pk=picture_id).first()
    if found is None or picture_path(found) != request.path:
        raise Http404
    return HttpResponse(bytes(found.content), content_type=found.kind)


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """The button that says how many notes have come; 204 while there is nothing new to say."""
    since, shown = (_whole(request.GET.get(name, "")) for name in ("since", "shown"))
    count = queries.newer_than(since)
    if count == shown:
        return HttpResponse(status=204)
    return render(request, "practice/new.html", {"since": since, "count": count})


def card(found: Note) -> Card:
    marks = {
        Note.Visibility.UNLISTED: _("Unlisted"),
        Note.Visibility.PRIVATE: _("Followers only"),
        Note.Visibility.DIRECT: _("Only people named"),
    }
    mark = marks.get(Note.Visibility(found.visibility), "")
    pictures = [(picture_path(one), one) for one in found.pictures.all()]
    return Card(found, as_html(found.text), mark, pictures)


def _list(
    request: HttpRequest, notes: QuerySet[Note], title: str, state: str, newest: int | None = None
) -> HttpResponse:
    page = Paginator(notes, PAGE).get_page(request.GET.get("page"))
    cards = [card(found) for found in page]
    first = newest if page.number == 1 else None  # older pages are for reading: nothing moves
    given = {"page": page, "cards": cards, "title": title, "state": state, "newest": first}
    return render(request, "practice/wall.html", {**given, "run": _run(), **_house()})


def _run() -> Run | None:
    run = queries.sample()
    if run is None:
        return None
    come = queries.sample_steps(run, clock.now())
    more = come < rules.ITEMS
    stopped = run.stopped_at is not None
    return Run(come, rules.ITEMS, goes_on=more and not stopped, cut_short=more and stopped)


def _count(notes: int) -> str:
    return ngettext("%d message", "%d messages", notes) % notes


def _house() -> dict[str, str]:
    return {"house": settings.OYEZ.url or settings.OYEZ.local_url}


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
