"""The record, fifty events a page, and a copy of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oyez.kit import clock
from oyez.ledger import actions, events, queries, rules
from oyez.web.audit import words
from oyez.web.audit.forms import Filter
from oyez.web.guard import freshly
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from oyez.ledger.models import Event

A_PAGE = 50
_LINES = 1000
_KINDS = {"jsonl": "application/jsonl", "csv": "text/csv; charset=utf-8"}


@require_safe
@needs(events.EXPORTED)
def list_(request: HttpRequest) -> HttpResponse:
    """Newest first. The next page begins where this one ends, however deep that is."""
    form = Filter(request.GET)
    found = []
    if form.is_valid():
        wanted = form.wanted(_before(request.GET.get("before", "")))
        found = list(queries.record(wanted)[: A_PAGE + 1])
    page = found[:A_PAGE]
    context = {
        "form": form,
        "entries": words.entries(page),
        "older": _end(page[-1]) if len(found) > A_PAGE else "",
        "filtered": any(request.GET.values()),
        "verifying": queries.verifying(),
        "standing": words.standing(
            queries.last_verification(), queries.waiting_since(), clock.now()
        ),
    }
    return render(request, "audit/list.html", context, status=422 if form.errors else 200)


@require_POST
@needs(events.EXPORTED)
@freshly
def copy(request: HttpRequest) -> HttpResponseBase:
    """A copy of the record within the days of the filter, a few lines at a time."""
    form = Filter(request.POST)
    format_ = "csv" if request.POST.get("format") == "csv" else "jsonl"
    span = form.span() if form.is_valid() else (None, None)
    _part, lines = actions.export(format_, *span, by=me(request))
    answer = StreamingHttpResponse(_pieces(lines), content_type=_KINDS[format_])
    name = f"oyez-record-{localtime(clock.now()):%Y-%m-%d}.{format_}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@needs(events.VERIFICATION_ASKED)
def verify(request: HttpRequest) -> HttpResponse:
    """Have it verified now; the page says how far that is."""
    actions.have_verified(by=me(request))
    messages.success(request, _("The record is being verified."))
    return redirect("audit:list")


async def _pieces(lines: Iterator[str]) -> AsyncIterator[str]:
    while piece := await sync_to_async(_piece)(lines):
        yield piece


def _piece(lines: Iterator[str]) -> str:
    """Read in a thread that nobody tidies once the answer is under way."""
    try:
        return "".join(islice(lines, _LINES))
    finally:
        connection.close_if_unusable_or_obsolete()


def _end(last: Event) -> str:
    return f"{rules.microseconds(last.at)}-{last.pk}"


def _before(said: str) -> tuple[datetime, int] | None:
    """Where the last page ended: a moment and a number; none where that is no such thing."""
    moment, _hyphen, number = said.partition("-")
    if not (moment.isdecimal() and number.isdecimal() and len(said) < 38):
        return None
    try:
        return rules.moment(int(moment)), int(number)
    except OverflowError:
        return None
