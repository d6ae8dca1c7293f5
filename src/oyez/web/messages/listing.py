"""How does a message read in a list? Its title, where it went, and the worst of its states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from oyez.decisions import queries as decisions
from oyez.deliveries import queries as deliveries
from oyez.deliveries import rules
from oyez.kit.text import reveal
from oyez.web.messages.states import FILTERS, WORST_FIRST, Filter, held_back, mark, taken_down
from oyez.web.parts import Mark, Row, Tab
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.deliveries.models import Delivery
    from oyez.posts.models import Post


def chosen(name: str) -> Filter:
    """The filter of this name; an unknown one shows all."""
    return next((one for one in FILTERS if one.name == name), FILTERS[0])


def tabs(current: Filter) -> list[Tab]:
    """One tab a filter; how many need somebody is said on its tab."""
    here = reverse("messages:list")
    needing = deliveries.messages(chosen("needs-you").states).count()
    return [
        Tab(
            str(one.label),
            f"{here}?show={one.name}" if one.name else here,
            one is current,
            needing if one.name == "needs-you" else 0,
        )
        for one in FILTERS
    ]


def title(post: Post) -> str:
    """A short name of the message, what it hides written out."""
    return str(Truncator(reveal(post.title or post.link or str(post))).chars(90))


def rows(posts: Iterable[Post]) -> list[Row]:
    """The rows of one page of the list, from as many questions however many they are."""
    wanted = list(posts)
    sent, held = deliveries.of_posts(wanted), decisions.held(wanted)
    asked, on_hold = decisions.states_of(wanted), decisions.on_hold(post.pk for post in wanted)
    alone = decisions.waiting_for_their_pair(wanted)
    return [
        _row(
            post,
            sent.get(post.pk, []),
            before(post, post.pk in held, asked.get(post.pk, ""), alone=post.pk in alone),
            on_hold=post.pk in on_hold,
        )
        for post in wanted
    ]


def _row(post: Post, sent: list[Delivery], state: Mark, *, on_hold: bool) -> Row:
    names = ", ".join(dict.fromkeys(delivery.channel.name for delivery in sent))
    meta = " · ".join(filter(None, [_source(post), names or post.why]))
    tried = [] if post.state in NOT_SENT else [delivery.state for delivery in sent]
    worst = min(tried, key=WORST_FIRST.index, default="")
    here, at = reverse("messages:show", args=[post.pk]), post.edited_at or post.made_at
    shown = changed(post, sent) or (mark(worst) if worst else state)
    if on_hold and worst == rules.WAITING:
        shown = held_back()
    return Row(title(post), here, meta, shown, worst == WORST_FIRST[0], at)


def _source(post: Post) -> str:
    return post.item.feed.name if post.item else called(post.by.get("name", ""))


NOT_SENT = ("draft", "discarded")


def changed(post: Post, sent: Sequence[Delivery]) -> Mark | None:
    """How it reads when what is out is being corrected, or was taken down; None otherwise."""
    out = any(delivery.stands for delivery in sent)
    if post.state == post.State.DRAFT and out:
        return Mark(_("Published, being corrected"), "yellow")
    if post.state == post.State.DISCARDED and out:
        return mark("arrived")  # only its correction was thrown away
    if out and all(delivery.state == "arrived" for delivery in sent) and _says_less(sent):
        return Mark(_("Not corrected everywhere"), "orange")
    if not out and sent and all(delivery.state == "arrived" for delivery in sent):
        return None if post.state == post.State.DRAFT else taken_down()
    return None


def _says_less(sent: Sequence[Delivery]) -> bool:
    """Does an earlier version stand somewhere that the newer words do not go to?"""
    stays = (delivery.wording.variant.stays for delivery in sent if delivery.stands)
    return any(why not in {"", rules.THE_SAME} for why in stays)


def before(post: Post, held: bool, asked: str, *, alone: bool) -> Mark:
    """There is no delivery: it is a draft, was left out, is held, waits for a yes, or is only on
    its way through the house. `asked` is the state of its review, if it has one; `alone`:
    its other language is not approved.
    """
    known = {
        post.State.DRAFT: Mark(_("Draft"), "grey"),
        post.State.DISCARDED: Mark(_("Thrown away"), "grey"),
        post.State.CLOSED: Mark(_("Left out"), "grey"),
    }
    if post.state in known:
        return known[post.State(post.state)]
    if asked == "open":
        return Mark(_("Waits for approval"), "yellow")
    if asked == "late":
        return Mark(_("Approved too late"), "orange")
    if held:
        return Mark(_("Not approved"), "yellow")
    if alone:
        return Mark(_("Waits for its other language"), "yellow")
    return Mark(_("On its way"), "blue")
