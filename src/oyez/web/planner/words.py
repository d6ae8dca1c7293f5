"""How does a message read in the planner? Its time, its name, where it goes, and how it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from oyez.deliveries import planned, rules
from oyez.web.messages import states
from oyez.web.parts import Mark
from oyez.web.planner import stretch

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from oyez.deliveries.planned import Planned
    from oyez.emergency.models import Period
    from oyez.web.parts import Colour

A_DAY = 12
"""So many messages are shown on one day of the week; the rest on the day's own page."""

_BEFORE: dict[str, tuple[str | Promise, Colour]] = {
    planned.DRAFT: (later("Draft"), "grey"),
    planned.REVIEW: (later("To approve"), "yellow"),
    planned.LATE: (later("Its time went by"), "red"),
    planned.HELD: (later("Held"), "orange"),
    planned.BARRED: (later("Not approved"), "orange"),
    planned.COMING: (later("On its way"), "blue"),
    planned.DOWN: (later("Taken down"), "grey"),
}
NEED_SOMEBODY = (planned.LATE, planned.HELD, rules.ASKING, rules.REFUSED)


@dataclass(frozen=True, slots=True)
class Item:
    """One message of the plan."""

    at: datetime
    title: str
    href: str
    where: str
    mark: Mark
    move: str = ""


@dataclass(frozen=True, slots=True)
class Fed:
    """What one feed brings on one day, in one line."""

    feed: str
    href: str
    says: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its own messages, what feeds bring, and the sensitive periods that cover it."""

    day: date
    items: Sequence[Item]
    more: int
    fed: Sequence[Fed]
    bands: Sequence[Period]
    is_today: bool
    is_over: bool


def day(
    when: date,
    found: Sequence[Planned],
    periods: Iterable[Period],
    *,
    movable: Collection[int],
    most: int,
) -> Day:
    """The day as a page shows it, with `most` of its messages."""
    single, fed = planned.lines(found)
    begin, end = stretch.begins(when), stretch.begins(when + stretch.WEEK / 7)
    today = stretch.today()
    return Day(
        day=when,
        items=[item(one, movable) for one in single[:most]],
        more=max(len(single) - most, 0),
        fed=[_fed(number, name, brought) for (number, name), brought in fed.items()],
        bands=[one for one in periods if one.begins_at < end and one.over_at > begin],
        is_today=when == today,
        is_over=when < today,
    )


def item(one: Planned, movable: Collection[int]) -> Item:
    page = "write:edit" if one.state == planned.DRAFT else "messages:show"
    return Item(
        one.at,
        str(Truncator(one.title).chars(70)) or _("Message %d") % one.post_id,
        reverse(page, args=[one.post_id]),
        _where(one.channels),
        mark(one.state),
        reverse("planner:move", args=[one.post_id]) if one.post_id in movable else "",
    )


def mark(state: str) -> Mark:
    if state in _BEFORE:
        words, colour = _BEFORE[state]
        return Mark(str(words), colour)
    return states.mark(state)


def _where(names: Sequence[str]) -> str:
    if len(names) > 2:
        return ngettext("%d channel", "%d channels", len(names)) % len(names)
    return ", ".join(names)


def _fed(number: int, name: str, brought: Sequence[Planned]) -> Fed:
    count = len(brought)
    says = ngettext("%d message", "%d messages", count) % count
    worst = next((one.state for one in brought if one.state in NEED_SOMEBODY), "")
    return Fed(name, reverse("feeds:show", args=[number]), says, mark(worst) if worst else None)


def sentence(found: Sequence[Planned]) -> str:
    """How many messages there are, and how many of them need somebody."""
    if not found:
        return _("Nothing is planned.")
    count, needing = len(found), sum(one.state in NEED_SOMEBODY for one in found)
    says = ngettext("%d message.", "%d messages.", count) % count
    if needing:
        says += " " + ngettext("%d needs somebody.", "%d need somebody.", needing) % needing
    return says
