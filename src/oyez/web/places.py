"""Which places are in the navigation? One list; a new place is one line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oyez.decisions import queries as decisions
from oyez.requests import queries as requests
from oyez.web.rights import me

Count = Callable[[HttpRequest], int]


@dataclass(frozen=True, slots=True)
class Place:
    """A page people come back to. `count`, if any, stands behind its name: "Inbox (6)"."""

    label: str | Promise
    url_name: (
        str  # "place:verb"; every page whose URL name starts with the same place lights this one up
    )
    count: Count | None = None
    inside: tuple[str, ...] = ()  # other namespaces whose pages belong here


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as one page shows it. `current` is "page", "true" (a page inside it) or empty."""

    label: str
    url: str
    current: str
    count: int = 0


def _asks_me(request: HttpRequest) -> int:
    return len(decisions.waiting_for(me(request))) if request.user.is_authenticated else 0


PLACES: tuple[Place, ...] = (
    Place(_("Home"), "home:show"),
    Place(_("Write"), "write:new"),
    Place(_("Planner"), "planner:show"),
    Place(_("Approve"), "approve:list", _asks_me),
    Place(_("Messages"), "messages:list"),
    Place(_("Requests"), "requests:list", lambda request: requests.waiting().count()),
    Place(_("Channels"), "channels:list"),
    Place(_("Library"), "library:list"),
    Place(_("Feeds"), "feeds:list"),
    Place(_("Policy"), "policy:show"),
    Place(
        _("Settings"),
        "settings:index",
        inside=("people", "audit", "periods", "beginnings", "campaigns", "partners", "figures"),
    ),
)
IN_THE_BAR = 4
"""How many of the first places fit the bar at the foot of a phone: what is wanted on the way."""


def shown(request: HttpRequest, places: Sequence[Place] = PLACES) -> list[Shown]:
    """The places of this server, in order. One that its URLs do not have is left out."""
    return [one for place in places if (one := _shown(place, request))]


def _shown(place: Place, request: HttpRequest) -> Shown | None:
    try:
        url = reverse(place.url_name)
    except NoReverseMatch:
        return None
    count = place.count(request) if place.count and _asks_who(request) else 0
    return Shown(str(place.label), url, _current(place, request), count)


def _asks_who(request: HttpRequest) -> bool:
    """A page for all shows no counts: it must not ask who is there, so that caches may keep it."""
    here = request.resolver_match
    return here is None or bool(getattr(here.func, "login_required", True))


def _current(place: Place, request: HttpRequest) -> str:
    here = request.resolver_match
    if here is None:
        return ""
    if here.view_name == place.url_name:
        return "page"
    return "true" if here.namespace in (place.url_name.split(":")[0], *place.inside) else ""
