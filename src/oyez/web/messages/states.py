"""How does the state of a delivery read? In a word and a colour, and in the filters of the list."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oyez.deliveries import rules
from oyez.web.parts import Colour, Mark

_MARKS: dict[str, tuple[str | Promise, Colour]] = {
    rules.WAITING: (_("Going out"), "blue"),
    rules.QUEUED: (_("About to go"), "blue"),
    rules.SENDING: (_("Sending"), "blue"),
    rules.UNSURE: (_("Checking"), "yellow"),
    rules.ARRIVED: (_("Published"), "green"),
    rules.REFUSED: (_("Refused"), "red"),
    rules.WITHHELD: (_("Not sent"), "orange"),
    rules.ASKING: (_("Needs you"), "red"),
}
WORST_FIRST = (
    rules.ASKING,
    rules.REFUSED,
    rules.WITHHELD,
    rules.UNSURE,
    rules.SENDING,
    rules.QUEUED,
    rules.WAITING,
    rules.ARRIVED,
)


_OF_CHANGES: dict[str, tuple[str | Promise, Colour]] = {
    rules.WAITING: (_("Under way"), "blue"),
    rules.WITHHELD: (_("Not done"), "orange"),
}


def mark(state: str, kind: str = rules.PUBLISH) -> Mark:
    """The tag of one delivery."""
    known = _MARKS if kind == rules.PUBLISH else _MARKS | _OF_CHANGES
    words, colour = known[state]
    return Mark(str(words), colour)


def held_back() -> Mark:
    """It is approved and waits for a person."""
    return Mark(str(_("Held back")), "orange")


def taken_down() -> Mark:
    """It was there, and is no more."""
    return Mark(str(_("Taken down")), "grey")


@dataclass(frozen=True, slots=True)
class Filter:
    """One tab of the list: the deliveries' states that a message must have one of."""

    name: str
    label: str | Promise
    states: tuple[str, ...]


DRAFTS = Filter("drafts", _("Drafts"), ())
FILTERS = (
    Filter("", _("All"), ()),
    DRAFTS,
    Filter("needs-you", _("Needs you"), (rules.ASKING,)),
    Filter(
        "going-out",
        _("Going out"),
        (rules.WAITING, rules.QUEUED, rules.SENDING, rules.UNSURE),
    ),
    Filter("published", _("Published"), (rules.ARRIVED,)),
    Filter("not-sent", _("Not sent"), (rules.REFUSED, rules.WITHHELD)),
)
