"""How does a request read? In a list, on its own page, and to whoever asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from oyez.kit import clock
from oyez.kit.text import reveal
from oyez.ledger import events as kinds
from oyez.ledger import queries as ledger
from oyez.partners import queries as partners
from oyez.requests import queries, rules
from oyez.web import times
from oyez.web.parts import Fact, Mark, Row, Step, Tab
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.deliveries.outside import Told
    from oyez.requests.models import Request

MARKS = {
    rules.NEW: (later("New"), "blue"),
    rules.ACCEPTED: (later("Accepted"), "yellow"),
    rules.REFUSED: (later("Refused"), "grey"),
    rules.DONE: (later("Done"), "green"),
}
TO_ASKER = {
    rules.NEW: later("We have your request. Somebody will read it."),
    rules.REFUSED: later("We will not say this. The reason:"),
    rules.DONE: later("It is done:"),
}
CONSENT = {
    rules.NOBODY: later("Nobody can be recognised in them"),
    rules.AGREED: later("The asker says that everybody has agreed in writing"),
    rules.NOT_ASKED: later("Not everybody has been asked yet: do not use them"),
}


@dataclass(frozen=True, slots=True)
class View:
    """One of the lists of the desk."""

    name: str
    label: str | Promise
    states: tuple[str, ...]
    empty: str | Promise


VIEWS = (
    View("", later("New"), (rules.NEW,), later("Nobody is waiting for an answer.")),
    View("accepted", later("Accepted"), (rules.ACCEPTED,), later("No request is accepted.")),
    View(
        "finished",
        later("Finished"),
        (rules.DONE, rules.REFUSED),
        later("No request is done or refused."),
    ),
)


def view(name: str) -> View:
    """The list of this name; an unknown one shows what is new."""
    return next((one for one in VIEWS if one.name == name), VIEWS[0])


def tabs(current: View) -> list[Tab]:
    """One tab a list; those still open are counted."""
    here = reverse("requests:list")
    return [
        Tab(
            str(one.label),
            f"{here}?show={one.name}" if one.name else here,
            one is current,
            queries.in_state(*one.states).count() if one.name != "finished" else 0,
        )
        for one in VIEWS
    ]


def sentence() -> str:
    """Is anybody kept waiting?"""
    late = queries.overdue(clock.now()).count()
    if late:
        words = ngettext(
            "%d request is past its deadline.", "%d requests are past their deadline.", late
        )
        return words % late
    count = queries.waiting().count()
    if not count:
        return _("Nobody is waiting for an answer.")
    return ngettext("%d request waits for an answer.", "%d requests wait for an answer.", count) % (
        count
    )


def mark(asked: Request) -> Mark:
    if queries.is_overdue(asked, clock.now()):
        return Mark(_("Overdue"), "red")
    words, colour = MARKS[asked.state]
    return Mark(str(words), colour)  # type: ignore[arg-type]  # the colours above are such


def row(asked: Request) -> Row:
    """A request in the list."""
    said = [reveal(asked.team)] if asked.team else []
    if asked.deadline_at:
        said.append(_("wanted by %s") % times.in_full(asked.deadline_at))
    late = queries.is_overdue(asked, clock.now())
    here = reverse("requests:show", args=[asked.pk])
    return Row(queries.title(asked), here, " · ".join(said), mark(asked), late, asked.made_at)


def facts(asked: Request, *, with_person: bool) -> list[Fact]:
    """What was said in few words; name and address for those who answer."""
    person = [
        Fact(_("From"), reveal(asked.from_name)),
        Fact(_("E-mail"), reveal(asked.from_email)),
    ]
    known = [
        *(person if with_person else []),
        Fact(_("Team or organisation"), reveal(asked.team)),
        Fact(_("Message of"), reveal(asked.partner_name)),
        Fact(_("In our register"), _registered(asked)),
        Fact(_("For"), reveal(asked.audience)),
        Fact(_("People in the pictures"), str(CONSENT.get(asked.consent, ""))),
        Fact(_("Asked"), "", at=asked.made_at),
    ]
    return [fact for fact in known if fact.value or fact.at]


def _registered(asked: Request) -> str:
    """May we boost what they publish? Only for a boost; else empty."""
    if asked.kind != rules.BOOST:
        return ""
    if not asked.partner or asked.partner.retired_at:
        return _("No. Check with them before you boost it.")
    if not asked.partner.agreed_on(partners.today()):
        return _("Yes, but the agreement has ended. Check with them before you boost it.")
    return _("Yes, and the agreement holds.")


def steps(asked: Request) -> list[Step]:
    """What happened to it, and who did it."""
    return [
        Step(kinds.saying(event.kind), event.at, called(event.by_name))
        for event in ledger.history(asked)
    ]


@dataclass(frozen=True, slots=True)
class ToAsker:
    """What the page of a request says to whoever asked."""

    sentence: str
    mark: Mark
    facts: list[Fact]


def to_asker(asked: Request, told: Sequence[Told] = ()) -> ToAsker:
    """The state and their own facts, without anybody's name or address."""
    words, colour = MARKS[asked.state]
    known = [
        Fact(_("Message of"), reveal(asked.partner_name)),
        Fact(_("Web address"), reveal(asked.boost_url)),
        Fact(_("Wanted by"), "", at=asked.deadline_at),
        Fact(_("Asked"), "", at=asked.made_at),
        Fact(_("Answered"), "", at=None if asked.state == rules.NEW else asked.triaged_at),
    ]
    return ToAsker(
        _accepted(told) if asked.state == rules.ACCEPTED else str(TO_ASKER[asked.state]),
        Mark(str(words), colour),  # type: ignore[arg-type]
        [fact for fact in known if fact.value or fact.at],
    )


def _accepted(told: Sequence[Told]) -> str:
    """What is told of the messages themselves stands with each of them."""
    if any(one.places for one in told):
        return _("We have said it.")
    return _("We will say it.") if told else _("We will say it. The message is being written.")
