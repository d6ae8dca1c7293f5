"""How does a feed read on a page? Its trust, its rule, its state and its items, in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from oyez.web import times
from oyez.web.confirming import Question
from oyez.web.parts import Fact, Mark, Row
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.feeds.models import Feed
    from oyez.feeds.queries import StandingDecision

WATCH, SUGGEST, APPROVE, AUTOMATIC = "watch", "suggest", "approve", "automatic"
LEVELS = (WATCH, SUGGEST, APPROVE, AUTOMATIC)
TRUSTS = (
    (WATCH, later("Watch: show its items here, post nothing")),
    (SUGGEST, later("Suggest: make a draft of each for somebody to send")),
    (APPROVE, later("Approve: ask somebody before each goes out")),
    (AUTOMATIC, later("Automatic: post its items without asking each time")),
)

TO_LEVEL = {
    AUTOMATIC: later("Let it post by itself"),
    APPROVE: later("Ask before each"),
    SUGGEST: later("Let it make drafts"),
    WATCH: later("Only watch it"),
}
"""What the links on a feed’s page say."""


def where(channel: Channel) -> str:
    """ "Tamarshire news (Mastodon)"; a channel that is called as its network is said once."""
    title = channel.network_class.title
    return channel.name if channel.name == title else f"{channel.name} ({title})"


def goes_to(feed: Feed) -> str:
    """The names of its channels; asks nothing more when they are prefetched."""
    return ", ".join(_name(target.channel) for target in feed.targets.all())


def _name(channel: Channel) -> str:
    return _("%s (removed)") % channel.name if channel.state == "retired" else channel.name


def trusted(feed: Feed) -> str:
    """What becomes of its items, in one part of a sentence."""
    to = goes_to(feed)
    if feed.trust == AUTOMATIC:
        return _("Posts by itself to %s") % to if to else _("Automatic, but goes nowhere")
    if feed.trust == SUGGEST:
        return _("Makes drafts for %s") % to
    if feed.trust == APPROVE:
        return _("Asks before each goes to %s") % to
    return _("Only watched; would go to %s") % to if to else _("Only watched")


def next_check(feed: Feed) -> str:
    if feed.state == "ended":
        return _("never again: its publisher ended it")
    if feed.state == "paused":
        return _("not while it is paused")
    if not feed.next_poll_at:
        return _("soon")
    return times.from_now(feed.next_poll_at)


def mark(feed: Feed, silent: Collection[int]) -> Mark:
    """The state that needs to be known first."""
    if feed.state == "ended":
        return Mark(_("Ended"), "grey")
    if feed.state == "paused":
        return Mark(_("Paused"), "grey")
    if feed.failures:
        return Mark(_("Not answering"), "red")
    if feed.pk in silent:
        return Mark(_("Gone quiet"), "yellow")
    known: dict[str, Mark] = {
        SUGGEST: Mark(_("Suggests"), "blue"),
        APPROVE: Mark(_("Asks first"), "blue"),
        AUTOMATIC: Mark(_("Automatic"), "green"),
    }
    return known.get(feed.trust, Mark(_("Watched"), "blue"))


def state(active: Sequence[Feed]) -> str:
    """The feeds that are on, in one sentence."""
    wrong, count = sum(feed.failures > 0 for feed in active), len(active)
    if wrong:
        return ngettext("%d feed does not answer.", "%d feeds do not answer.", wrong) % wrong
    return _("All %d feeds that are on answer.") % count if count > 1 else ""


def row(feed: Feed, href: str, silent: Collection[int]) -> Row:
    """A feed in the list."""
    said = [trusted(feed), _checks(feed)]
    if feed.pk in silent:
        said.append(quiet(feed))
    state = mark(feed, silent)
    return Row(feed.name, href, ". ".join(said) + ".", state, urgent=state.colour == "red")


def _checks(feed: Feed) -> str:
    if feed.problem:
        return trouble(feed).rstrip(".")
    read = _("Last read %s") % times.from_now(feed.good_at) if feed.good_at else _("Not read yet")
    return _("%(read)s, next check: %(next)s") % {"read": read, "next": next_check(feed)}


def trouble(feed: Feed) -> str:
    """What is wrong, since when it is not well, and when we try again."""
    read = times.in_full(feed.good_at) if feed.good_at else ""
    well = _("It was last read well at %s") % read if read else _("It was never read well")
    said = [feed.problem.rstrip("."), well]
    if feed.next_poll_at and feed.state == "active":
        said.append(_("We try again %s") % times.from_now(feed.next_poll_at))
    return ". ".join(said) + "."


def quiet(feed: Feed) -> str:
    """The silence alarm, in words."""
    if not feed.last_item_at or not feed.usual_gap:
        return ""
    words = {
        "last": times.from_now(feed.last_item_at),
        "gap": times.length(feed.usual_gap.total_seconds()),
    }
    return _("Its newest item: %(last)s. They usually come about %(gap)s apart") % words


def rule_facts(feed: Feed, decision: StandingDecision | None) -> list[Fact]:
    """The rule and who decided on it."""
    known = [Fact(_("Trust"), trusted(feed)), Fact(_("Decision"), decided(decision, feed.trust))]
    if feed.confirmed_by:
        known.append(Fact(_("Confirmed by"), called(feed.confirmed_by.get("name", ""))))
    return [*known, *rule_itself(feed)]


def rule_itself(feed: Feed) -> list[Fact]:
    """Which words, which items, how fast."""
    own = [t for t in feed.targets.all() if t.template]
    return [
        Fact(_("Words"), feed.template),
        *(Fact(_("Words for %s") % target.channel, target.template) for target in own),
        Fact(_("Takes"), _takes(feed)),
        Fact(_("Waits"), _waits(feed)),
        Fact(_("At most"), _at_most(feed)),
        *([Fact(_("Whose"), _("Somebody else’s"))] if feed.third_party else []),
    ]


def decided(decision: StandingDecision | None, trust: str = WATCH) -> str:
    """The standing decision: who and when; or how it came to its end, and the trust since then."""
    if not decision:
        return _("Nobody has decided that it may post by itself.")
    words = {
        "by": called(decision.by),
        "at": times.in_full(decision.at),
        "ended_by": called(decision.ended_by),
    }
    if decision.holds:
        return _("%(by)s decided at %(at)s that it may post by this exact rule.") % words
    if not decision.ended_at:
        return _("The rule is not the one that %(by)s decided on at %(at)s. Decide again.") % words
    words["ended"] = times.in_full(decision.ended_at)
    if decision.edited:
        return (
            _(
                "None now. %(ended_by)s changed the rule at %(ended)s, so what %(by)s had decided "
                "at %(at)s holds no more. Somebody must decide again."
            )
            % words
        )
    if trust != WATCH:
        return _("None now. %(ended_by)s ended it at %(ended)s.") % words
    return _("None now. %(ended_by)s set it back to watching at %(ended)s.") % words


def _takes(feed: Feed) -> str:
    said = []
    if feed.keep_words:
        said.append(_("only items with one of: %s") % ", ".join(feed.keep_words))
    if feed.block_words:
        said.append(_("no items with: %s") % ", ".join(feed.block_words))
    return capfirst("; ".join(said)) if said else _("Every item")


def _waits(feed: Feed) -> str:
    seconds = feed.settle.total_seconds()
    if not seconds:
        return _("Not at all")
    return _("%s, for its author’s corrections") % times.length(seconds)


def _at_most(feed: Feed) -> str:
    if not feed.flood_cap:
        return _("No limit")
    count = feed.flood_cap
    return ngettext("%d message in 15 minutes", "%d messages in 15 minutes", count) % count


def check_facts(feed: Feed) -> list[Fact]:
    """Where it is, and when it was and will be read."""
    return [
        Fact(_("Address"), feed.url),
        Fact(_("Next check"), capfirst(next_check(feed))),
        Fact(_("Last read well"), "" if feed.good_at else _("Never"), at=feed.good_at),
        Fact(_("Newest item"), "" if feed.last_item_at else _("None"), at=feed.last_item_at),
    ]


def question(feed: Feed, level: str, back: str) -> Question:
    """What the confirm page asks before the trust changes."""
    if level == AUTOMATIC:
        text = _(
            "From then on each new item is posted to %s without anybody looking first. "
            "The decision is yours, and holds for exactly the rule below."
        ) % (goes_to(feed) or _("its channels"))
        title, act = _("Let %s post by itself?"), _("Let it post by itself")
        return Question(title % feed.name, act, back, text, template="feeds/trust.html")
    if level == SUGGEST:
        return Question(
            title=_("Let %s make drafts?") % feed.name,
            act=_("Let it make drafts"),
            back=back,
            text=_("Each new item becomes a draft under Messages. Nothing goes out by itself."),
        )
    if level == APPROVE:
        return Question(
            title=_("Ask before each item of %s?") % feed.name,
            act=_("Ask before each"),
            back=back,
            text=_("Each new item waits under Approve until somebody says yes."),
        )
    return Question(
        title=_("Only watch %s?") % feed.name,
        act=_("Only watch it"),
        back=back,
        text=_("Its new items are shown here, and nothing of it is posted any more."),
    )
