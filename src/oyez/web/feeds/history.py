"""How does the history of a feed's items read? Each with its outcome and the reason, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.deliveries.queries import Fate
from oyez.feeds import queries
from oyez.kit.text import reveal
from oyez.posts.rules import headline
from oyez.web import times
from oyez.web.parts import Colour, Mark, Row

if TYPE_CHECKING:
    from oyez.feeds.models import Item

OUTCOMES: dict[str, tuple[str | Promise, Colour]] = {
    "posted": (later("Posted"), "green"),
    "taken down": (later("Taken down"), "grey"),
    "settling": (later("Waiting"), "blue"),
    "waiting": (later("On its way"), "blue"),
    "asked": (later("Waits for a yes"), "yellow"),
    "draft": (later("A draft"), "yellow"),
    "discarded": (later("Thrown away"), "grey"),
    "sending": (later("Sending"), "blue"),
    "checking": (later("Checking"), "yellow"),
    "asking": (later("Needs you"), "red"),
    "refused": (later("Refused"), "red"),
    "withheld": (later("Not sent"), "yellow"),
    "held": (later("Held"), "yellow"),
    "skipped": (later("Left out"), "grey"),
    "merged": (later("Said already"), "grey"),
    "watched": (later("Only watched"), "grey"),
    "seeded": (later("Was there before"), "grey"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Outcomes that people look for together. An empty set means all of them."""

    name: str
    label: str | Promise
    outcomes: frozenset[str] = frozenset()

    def has(self, fate: Fate) -> bool:
        return not self.outcomes or fate.outcome in self.outcomes


GROUPS = (
    Group("", later("All")),
    Group("posted", later("Posted"), frozenset({"posted", "taken down"})),
    Group("coming", later("On the way"), frozenset({"settling", "waiting", "sending", "checking"})),
    Group(
        "trouble",
        later("To look at"),
        frozenset({"asking", "refused", "withheld", "held", "asked", "draft"}),
    ),
    Group(
        "not",
        later("Not posted"),
        frozenset({"skipped", "merged", "watched", "seeded", "discarded"}),
    ),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One group as the page shows it."""

    label: str
    url: str
    current: bool
    count: int = 0


def asked_for(request: HttpRequest) -> Group:
    """The group in the address; all of them where it names none that there is."""
    wanted = request.GET.get("outcome", "")
    return next((group for group in GROUPS if group.name == wanted), GROUPS[0])


def tabs(page: str, current: Group, fates: Iterable[Fate]) -> list[Tab]:
    """A tab for each group, with how many items are in it."""
    known = list(fates)
    return [
        Tab(
            str(group.label),
            f"{page}?outcome={group.name}" if group.name else page,
            group is current,
            sum(group.has(fate) for fate in known),
        )
        for group in GROUPS
    ]


def row(item: Item, fate: Fate) -> Row:
    """An item: it leads to its message, or else to where it was published."""
    words, colour = OUTCOMES[fate.outcome]
    title = headline(item.title or item.summary or item.url) or _("(an item without a title)")
    href = reverse("messages:show", args=[fate.post_id]) if fate.post_id else item.url
    safe = href if href.startswith(("/", "https://", "http://")) else ""
    why = " ".join(filter(None, (fate.why, _warning(item), _changed(item))))
    return Row(title, safe, why, Mark(str(words), colour), colour == "red", item.arrived_at)


def _warning(item: Item) -> str:
    """What it warns of, until when, and which earlier warnings it takes the place of."""
    if not item.warning:
        return ""
    facts = (item.warning[name] for name in ("event", "severity", "urgency", "area"))
    said = [_("Warning: %s.") % ", ".join(reveal(fact) for fact in facts if fact)]
    if item.expires_at:
        said.append(_("In force until %s.") % times.in_full(item.expires_at))
    if item.warning["references"]:
        earlier = ", ".join(f"“{reveal(str(one))}”" for one in queries.overtakes(item)[:3])
        said.append(_("It takes the place of %s.") % (earlier or _("a warning we do not have")))
    return " ".join(said)


def _changed(item: Item) -> str:
    if item.gone_at:
        return _("Its author has taken it away since.") if item.released_at else ""
    return _("Its author has changed it since.") if item.changed_at else ""


def rows(items: Sequence[Item], fates: dict[int, Fate]) -> list[Row]:
    return [row(item, fates[item.pk]) for item in items]
