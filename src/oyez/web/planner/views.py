"""The plan: a week, one day of it, and a month as counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from oyez.deliveries import planned
from oyez.emergency import queries as emergency
from oyez.posts import events, queries
from oyez.web.planner import stretch, words
from oyez.web.rights import may, me

if TYPE_CHECKING:
    from oyez.deliveries.planned import Planned
    from oyez.posts.models import Post

A_PAGE = 50
DRAFTS = 10
A_DAY = timedelta(days=1)


@require_safe
def show(request: HttpRequest, day: str = "") -> HttpResponse:
    """The week of this day, or the present one."""
    first = stretch.monday(stretch.read(day) if day else stretch.today())
    begin, end = stretch.begins(first), stretch.begins(first + stretch.WEEK)
    found = planned.between(begin, end)
    each, movable = _by_day(found), _movable(request, found)
    drafts, periods = _drafts(request), list(emergency.periods_touching(begin, end))
    context = {
        "days": [
            words.day(one, each.get(one, []), periods, movable=movable, most=words.A_DAY)
            for one in stretch.days(first, 7)
        ],
        "title": stretch.in_words(first, first + 6 * A_DAY),
        "sentence": words.sentence(found),
        "before": first - stretch.WEEK,
        "after": first + stretch.WEEK,
        "first": first,
        "empty": not found,
        "drafts": drafts,
        "may_write": may(request, events.STARTED),
    }
    return render(request, "planner/week.html", context)


def _by_day(found: Iterable[Planned]) -> dict[date, list[Planned]]:
    """Each day's messages; they come soonest first."""
    each = groupby(found, key=lambda one: timezone.localtime(one.at).date())
    return {day: list(those) for day, those in each}


@require_safe
def day(request: HttpRequest, day: str) -> HttpResponse:
    """All of one day, a page at a time, those of feeds too."""
    when = stretch.read(day)
    begin, end = stretch.begins(when), stretch.begins(when + A_DAY)
    found = planned.between(begin, end)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    movable = _movable(request, page.object_list)
    context = {
        "day": when,
        "before": when - A_DAY,
        "after": when + A_DAY,
        "monday": stretch.monday(when),
        "items": [words.item(one, movable) for one in page.object_list],
        "page": page,
        "bands": emergency.periods_touching(begin, end),
        "sentence": words.sentence(found) if found else "",
        "may_write": may(request, events.STARTED) and when >= stretch.today(),
    }
    return render(request, "planner/day.html", context)


@require_safe
def month(request: HttpRequest, day: str) -> HttpResponse:
    """How many messages each day of the month has."""
    first = stretch.read(day).replace(day=1)
    after, monday = stretch.month_after(first), stretch.monday(first)
    counted = planned.by_day(stretch.begins(first), stretch.begins(after))
    all_days = stretch.days(monday, 7 * (((after - monday).days + 6) // 7))
    cells = [(one, counted[one], one.month == first.month) for one in all_days]
    context = {
        "first": first,
        "weeks": [cells[start : start + 7] for start in range(0, len(cells), 7)],
        "names": all_days[:7],
        "total": sum(counted.values()),
        "before": stretch.month_before(first),
        "after": after,
        "today": stretch.today(),
        "may_write": may(request, events.STARTED),
    }
    return render(request, "planner/month.html", context)


def _movable(request: HttpRequest, found: Iterable[Planned]) -> set[int]:
    """The messages, by number, to which this person may give another time."""
    here = {one.post_id for one in found if one.can_move}
    may_reopen = queries.open_to(me(request), events.REOPENED, here)
    return queries.open_to(me(request), events.EDITED, may_reopen)


def _drafts(request: HttpRequest) -> list[Post]:
    """The newest without a time, of those that are this person’s to edit."""
    newest = list(queries.drafts_without_a_time()[: DRAFTS * 5])
    theirs = queries.open_to(me(request), events.EDITED, [draft.pk for draft in newest])
    return [draft for draft in newest if draft.pk in theirs][:DRAFTS]
