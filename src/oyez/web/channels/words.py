"""How does a channel read on a page? Its health, its limits, and what it did lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from oyez.channels import queries
from oyez.networks.contract import NetworkClass, Standing, Twice
from oyez.web import times
from oyez.web.messages import states
from oyez.web.parts import Colour, Fact, Mark, Row

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.deliveries.models import Delivery

HEALTH: dict[str, tuple[str | Promise, Colour]] = {
    "working": (later("Working"), "green"),
    "signed_out": (later("Signed out"), "red"),
    "unreachable": (later("Not answering"), "yellow"),
}
IF_LOST: dict[Twice, str | Promise] = {
    Twice.KEYED: later("Sent again: the network itself never shows it twice"),
    Twice.FINDABLE: later("We look whether it is there before sending again"),
    Twice.NEVER: later("A person looks and decides"),
}


def mark(channel: Channel) -> Mark:
    words, colour = HEALTH[channel.health]
    return Mark(str(words), colour)


def row(channel: Channel, href: str) -> Row:
    """A channel in the list: where it is, and what is wrong if anything is."""
    known = dict.fromkeys([channel.name, channel.network_class.title, channel.handle])
    said = [*list(known)[1:], checked(channel), channel.health_why]
    meta = capfirst(" · ".join(part.rstrip(".") for part in said if part))
    return Row(channel.name, href, meta, mark(channel), urgent=channel.health == "signed_out")


def checked(channel: Channel) -> str:
    if not channel.checked_at:
        return _("Not checked yet")
    return _("checked %s") % times.from_now(channel.checked_at)


def state(wrong: int, count: int) -> str:
    """The list in one sentence."""
    if not wrong:
        return _("All of them work.") if count > 1 else ""
    said = ngettext("%(wrong)d of %(count)d needs you.", "%(wrong)d of %(count)d need you.", wrong)
    return said % {"wrong": wrong, "count": count}


def facts(channel: Channel) -> list[Fact]:
    """What it is: the network, the account, what linking was told, and what fits in a message."""
    return [
        Fact(_("Network"), channel.network_class.title),
        Fact(_("Account"), channel.handle, *_account(channel)),
        *_told(channel),
        Fact(_("Longest message"), limits(channel)),
        *_described(channel),
        Fact(_("Linked"), "", at=channel.linked_at),
        Fact(_("Last checked"), "" if channel.checked_at else _("Never"), at=channel.checked_at),
    ]


def _described(channel: Channel) -> list[Fact]:
    """What somebody has said of it."""
    whose = _("Somebody’s own profile") if channel.personal else ""
    said = ((_("Tone"), channel.tone), (_("Speaks for"), channel.area), (_("Whose"), whose))
    return [Fact(name, words) for name, words in said if words]


def _account(channel: Channel) -> tuple[str, str]:
    if is_ours(channel):
        return _("See it"), reverse("news:list")
    there = channel.url if channel.url.startswith(("https://", "http://")) else ""
    return (_("See it there"), there) if there else ("", "")


def _told(channel: Channel) -> list[Fact]:
    """The answers linking kept, under the words it asked for them. Secrets are not among them."""
    asked = [f for f in channel.network_class.fields if not f.secret and f.name in channel.facts]
    return [Fact(field.label, str(channel.facts[field.name])) for field in asked]


def limits(channel: Channel) -> str:
    """ "500 characters", in each way that the network counts."""
    measures = queries.network_of(channel).limits.text
    return ", ".join(f"{measure.limit:,} {measure.unit}" for measure in measures)


def is_ours(channel: Channel) -> bool:
    return channel.standing is Standing.OURS


def can_link_again(channel: Channel) -> bool:
    return channel.standing is Standing.LINKED


def asks(network: NetworkClass) -> str:
    """What one needs at hand to link a channel there."""
    return ", ".join(field.label for field in network.fields)


def if_lost(network: NetworkClass) -> str:
    """What happens when its answer to a message gets lost."""
    return str(IF_LOST[network.twice])


def delivery_row(delivery: Delivery) -> Row:
    """A message that was or is to be sent there."""
    post = delivery.wording.variant.post
    href = reverse("messages:show", args=[post.pk])
    at = delivery.sent_at or delivery.settled_at or delivery.due_at
    state = states.mark(delivery.state)
    title = delivery.wording.headline
    return Row(title, href, delivery.why.rstrip("."), state, state.colour == "red", at)
