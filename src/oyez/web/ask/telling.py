"""How does a message read to whoever asked for it? A state in a few words, and where it is out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from oyez.deliveries import outside
from oyez.deliveries.outside import Place, Told
from oyez.web import times
from oyez.web.parts import Colour, Mark, Step

MARKS: dict[str, tuple[str | Promise, Colour]] = {
    outside.WRITING: (later("Being written"), "yellow"),
    outside.APPROVAL: (later("Waits for approval"), "yellow"),
    outside.PLANNED: (later("Planned"), "blue"),
    outside.GOING: (later("Going out"), "blue"),
    outside.UNSENT: (later("Not out"), "grey"),
    outside.OUT: (later("Out"), "green"),
    outside.DOWN: (later("Taken down"), "grey"),
}
SENTENCES = {
    outside.WRITING: later("It is being written."),
    outside.APPROVAL: later("It is written and waits for approval."),
    outside.GOING: later("It is on its way."),
    outside.UNSENT: later("It has not gone out."),
    outside.DOWN: later("It was out, and was taken down."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on the page of a request."""

    heading: str
    mark: Mark
    sentence: str
    steps: list[Step]


def shown(told: Told) -> Shown:
    words, colour = MARKS[told.state]
    say = _SAY.get(told.state)
    return Shown(
        heading=told.begins or _("The message"),
        mark=Mark(str(words), colour),
        sentence=say(told) if say else str(SENTENCES[told.state]),
        steps=[step for place in told.places for step in _steps(place)],
    )


def _planned(told: Told) -> str:
    return _("It is planned for %s.") % times.in_full(told.at) if told.at else ""


def _out(told: Told) -> str:
    """On how many channels it can be read: the one figure that the house knows."""
    count = sum(not place.taken_down_at for place in told.places)
    return ngettext("It is out on %d channel.", "It is out on %d channels.", count) % count


_SAY: dict[str, Callable[[Told], str]] = {outside.PLANNED: _planned, outside.OUT: _out}


def _steps(place: Place) -> Iterator[Step]:
    """What became of it on one channel, the last first."""
    name = _named(place)
    if place.taken_down_at:
        yield Step(_("Taken down from %s") % name, place.taken_down_at)
    if place.corrected_at:
        yield Step(_("Corrected on %s") % name, place.corrected_at)
    link = _("Read it on %s") % name if place.url else ""
    yield Step(_("Out on %s") % name, place.at, "", place.url, link, "good")


def _named(place: Place) -> str:
    if not place.handle or place.handle == place.network:
        return place.network
    return f"{place.network}, {place.handle}"
