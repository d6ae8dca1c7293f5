"""How does an event read? Who did what, to which thing, when, why, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from oyez.kit.text import reveal
from oyez.ledger.events import saying
from oyez.web.audit.things import Thing, things
from oyez.web.parts import Mark
from oyez.web.who import called, office

if TYPE_CHECKING:
    from oyez.ledger.models import Event, Verification

_SHORT = 12  # hexadecimal characters of a digest


@dataclass(frozen=True, slots=True)
class Entry:
    """One event on the page. `on`: its thing as the filter names it. `rules`: by which it went."""

    says: str
    who: str
    thing: Thing
    on: str
    at: datetime
    why: str = ""
    rules: Sequence[Thing] = field(default_factory=list)


def entries(events: Sequence[Event]) -> list[Entry]:
    known = things(events)
    return [_entry(event, known[event.on_kind, event.on_id]) for event in events]


def _entry(event: Event, thing: Thing) -> Entry:
    who = called(event.by_name) if event.by_name else _("Somebody whose name was erased")
    return Entry(
        says=saying(event.kind),
        who=who,
        thing=thing,
        on=f"{event.on_kind}:{event.on_id}",
        at=event.at,
        why=reveal(str(event.data.get("why", ""))),
        rules=[*_acting(event), *_named(event.data), *_changed(event.data)],
    )


def _acting(event: Event) -> Iterable[Thing]:
    """What let somebody who is no person act."""
    if event.by_kind == "feed" and event.by_id.isdecimal():
        yield Thing(
            _("The feed’s standing decision"), reverse("feeds:show", args=[int(event.by_id)])
        )


def _named(data: dict[str, Any]) -> Iterable[Thing]:
    """The rules that the event names: checks, a version of the policy or of a feed’s rule."""
    for check in _several(data.get("checks"), data.get("check")):
        yield Thing(_("Check %s") % check, reverse("policy:check", args=[check]))
    if number := data.get("number"):
        yield Thing(_("Policy version %s") % number)
    if (rule := data.get("rule") or data.get("before")) and len(str(rule)) > _SHORT:
        yield Thing(_("Rule %s") % str(rule)[:_SHORT])
    for digest in _several(data.get("digests"), data.get("digest"))[:3]:
        yield Thing(_("Exactly the words %s") % digest[:_SHORT])


def _changed(data: dict[str, Any]) -> Iterable[Thing]:
    """What was given or set."""
    if role := data.get("role"):
        duties = [office(duty) for duty in data.get("duties", [])]
        yield Thing(_("Now: %s") % ", ".join([office(str(role)), *duties]))
    if level := data.get("level"):
        told = {"before": data.get("before", ""), "after": level}
        yield Thing(_("From %(before)s to %(after)s") % told)
    if names := _several(data.get("changed"), None):
        yield Thing(_("Changed: %s") % ", ".join(name.replace("_", " ") for name in names))


def _several(many: object, one: object) -> list[str]:
    found = list(many) if isinstance(many, list | dict) else []
    return [str(each) for each in [*found, *([one] if one else [])]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the chain is whole, in a mark and a sentence."""

    mark: Mark
    says: str


def standing(last: Verification | None, waiting: datetime | None, now: datetime) -> Standing:
    """`waiting`: since when the oldest event waits for its link."""
    if not last:
        says = _("Nobody has verified it yet. That happens each night, or with: oyez audit verify")
        return Standing(Mark(_("Not verified yet"), "grey"), says)
    at = date_format(localtime(last.at), "j F Y, H:i")
    if last.broken_at is not None:
        told = {"says": last.says, "at": at, "place": last.broken_at}
        says = _("%(says)s Found on %(at)s, at place %(place)s of the chain.") % told
        return Standing(Mark(_("Changed from outside"), "red"), says)
    told = {"count": last.position, "at": at}
    says = _("Verified up to place %(count)s of the chain, on %(at)s.") % told
    return Standing(Mark(_("Whole"), "green"), says)
