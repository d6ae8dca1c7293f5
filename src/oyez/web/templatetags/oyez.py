"""Which words can every template use? `{% load i18n oyez %}`; web/README.md lists them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.context import Context
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString, mark_safe

from oyez.kit.text import reveal
from oyez.notices import queries as notices
from oyez.web import assets, parts, places, problems, times
from oyez.web.languages import speaking

register = template.Library()


@register.simple_tag
def when(moment: datetime | None) -> str:
    """`{% when sent_at %}`: "14:05, Monday 23 November (GMT)"; nothing where there is no moment."""
    return _time(moment, times.in_full(moment), "") if moment else ""


@register.simple_tag
def clock(moment: datetime | None) -> str:
    """`{% clock due_at %}`: "14:05", with the day for whoever points at it."""
    return _time(moment, times.of_day(moment), times.in_full(moment)) if moment else ""


@register.simple_tag
def ago(moment: datetime | None) -> str:
    """`{% ago seen_at %}`: "5 minutes ago", "in 2 hours"; its title is the exact time."""
    return _time(moment, times.from_now(moment), times.in_full(moment)) if moment else ""


def _time(moment: datetime, words: str, exact: str) -> SafeString:
    stamp = moment.isoformat(timespec="seconds")
    if not exact:
        return format_html('<time datetime="{}">{}</time>', stamp, words)
    return format_html('<time datetime="{}" title="{}">{}</time>', stamp, exact, words)


@register.simple_tag
def tag(words: str, colour: parts.Colour = "grey") -> str:
    """`{% tag "Failed" "red" %}`. The words alone must say it."""
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.filter
def linked(text: str) -> str:
    """`{{ note.text|linked }}`: somebody's words, escaped, what they hide written out, their web
    addresses as links.
    """
    return mark_safe(urlize(reveal(text), nofollow=True, autoescape=True))  # noqa: S308 it escapes


@register.filter
def revealed(text: str) -> str:
    """`{{ note.text|revealed|linked }}`: hidden characters written out, such as ⟨U+200B⟩."""
    return reveal(text)


@register.filter
def any_link(facts: Iterable[parts.Fact]) -> bool:
    """Has one of the facts a link behind it? Decides whether a summary list has that column."""
    return any(fact.href for fact in facts)


@register.simple_tag
def asset(name: str) -> str:
    """`{% asset "oyez.css" %}`: the address of one of our own static files."""
    return assets.address(f"oyez/{name}")


@register.simple_tag
def htmx() -> str:
    """The address of the one script."""
    return assets.address(assets.HTMX)


@register.simple_tag
def organisation() -> str:
    """The body this house belongs to, as the settings name it; empty until they do."""
    return str(getattr(settings.OYEZ, "organisation", ""))


@register.simple_tag
def unread_notices(person: Any) -> int:
    """`{% unread_notices user as count %}`: how many they have not read, for the header."""
    return notices.unread(person)


@register.simple_tag(takes_context=True)
def page_problems(context: Context) -> list[problems.Problem]:
    """`{% page_problems as wrong %}`: everything wrong on this page, for title and summary."""
    return problems.on_the_page(context)


@register.simple_tag(takes_context=True)
def page_places(context: Context) -> list[places.Shown]:
    """`{% page_places as places %}`: the navigation. A page without a request (500) has none."""
    request = context.get("request")
    return places.shown(request) if request else []


@register.simple_tag(takes_context=True)
def frame_language(context: Context) -> str:
    """`{% frame_language as frame %}`: what header, places and foot speak; the page may differ."""
    return speaking.of_frame(context.get("request"))


@register.simple_tag
def other_languages(now: str) -> list[tuple[str, str]]:
    """`{% other_languages frame as others %}`: those to change to, each by its own name."""
    return [(code, name) for code, name in settings.LANGUAGES if code != now]


@register.filter
def first_places(shown: list[places.Shown]) -> list[places.Shown]:
    """Those that fit the bar at the foot of a phone."""
    return shown[: places.IN_THE_BAR]


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """`{% pagination page %}` under a list: previous, next, and the pages near this one."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {"page": page, "numbers": numbers, "request": context.get("request")}
