"""`oyez feeds` and `oyez items`: add, try, watch and pause feeds; what became of each item."""

from __future__ import annotations

import math
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.deliveries import queries as deliveries
from oyez.feeds import actions, events, lists, queries, rules
from oyez.ledger.actor import Refusal
from oyez.people.rules import Reaching
from oyez.posts import queries as posts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oyez.channels.models import Channel
    from oyez.feeds.models import Feed

COLUMNS = ("id", "name", "trust", "state", "to", "items", "polled_at", "problem")
DAY = 24 * 60.0


class Minutes(click.FloatRange):
    """A span in minutes; what is no number at all is wrong usage too."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        minutes = float(super().convert(value, param, ctx))
        if math.isnan(minutes):
            self.fail(f"{value} is not a number of minutes.", param, ctx)
        return minutes


MINUTES, PACE = Minutes(0, DAY), Minutes(0.05, DAY)
to_channels = click.option(
    "--to", multiple=True, metavar="CHANNEL…", help="Where it goes; may be said again."
)
more_channels = click.argument("more", nargs=-1, metavar="[CHANNEL…]")


@click.group(cls=shown.Group)
def feeds() -> None:
    """The feeds we relay."""


@feeds.command()
@click.argument("url")
@more_channels
@to_channels
@click.option(
    "--trust", default="watch", show_default=True, help="watch, suggest, approve or automatic."
)
@click.option("--backlog", type=click.IntRange(0), default=0, help="Post this many of its items.")
@click.option("--settle", type=MINUTES, metavar="MINUTES", help="10 unless said.")
@click.option("--template", default="", help="Such as “{title} {link}”; {summary}, {feed}.")
@click.option("--keep", multiple=True, metavar="WORD", help="Take only items with such a word.")
@click.option("--block", multiple=True, metavar="WORD", help="Leave out items with this word.")
@click.option("--flood", type=click.IntRange(0, 1000), default=rules.FLOOD_CAP, show_default=True,
              help="At most this many in 15 minutes; 0: no limit.")  # fmt: skip
@click.option("--every", type=PACE, metavar="MINUTES", help="5 unless said.")
@click.option("--name", default="", help="What to call it; its own title unless said.")
@click.option("--third-party", is_flag=True, help="It is a partner’s or a member’s, not our own.")
def add(
    url: str,
    more: tuple[str, ...],
    to: tuple[str, ...],
    trust: str,
    backlog: int,
    settle: float | None,
    template: str,
    keep: tuple[str, ...],
    block: tuple[str, ...],
    flood: int,
    every: float | None,
    name: str,
    third_party: bool,
) -> None:
    """Fetch the feed at URL and add it. What is in it now is not posted, but for the backlog."""
    feed = actions.add(
        url,
        to=channels.named((*to, *more)),
        by=shown.me(),
        name=name,
        trust=trust,
        backlog=backlog,
        template=template,
        settle=rules.SETTLE if settle is None else timedelta(minutes=settle),
        keep_words=keep,
        block_words=block,
        flood_cap=flood,
        every=rules.POLL_EVERY if every is None else timedelta(minutes=every),
        third_party=third_party,
    )
    seen = feed.items.count() - min(backlog, feed.items.count())
    left = "1 item in it now is" if seen == 1 else f"{seen} items in it now are"
    click.echo(f"Added {feed.name} (feed {feed.pk}); {left} not posted.")


@feeds.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@to_channels
@click.option("--look", is_flag=True, help="Only say what would become of each.")
@shown.as_json
def import_(file: Path, to: tuple[str, ...], look: bool, as_json: bool) -> None:
    """Bring the feeds of another reader from its list, an OPML FILE. Each is only watched at first.

    Exit code 1 when one of them could not be read; the others come in all the same.
    """
    going = channels.named(to)
    _refuse_unless_they_may_add(going)
    lines = lists.look(lists.read_list(file.read_bytes()))
    added: dict[str, int] = {}
    if not look:
        brought = actions.bring(lines, to=going, by=shown.me())
        added = {feed.url: feed.pk for feed in brought}
    found = [
        {
            "name": line.name,
            "url": line.url,
            "feed": None if line.why else added.get(line.url),
            "is": line.kind,
            "why": line.why,
        }
        for line in lines
    ]
    columns = ("feed", "name", "url", "is", "why")
    shown.rows(found, columns, plain=as_json, empty="There is no feed in this list.")
    if any(line.reading and line.why for line in lines):
        raise click.exceptions.Exit(1)


def _refuse_unless_they_may_add(to: Sequence[Channel]) -> None:
    """Before anybody’s feed is asked."""
    shown.refuse_unless(events.ADDED, Reaching(channels.teams_of(one.pk for one in to)))


@feeds.command()
def export() -> None:
    """Write the feeds as a list (OPML) that other readers take."""
    click.echo(lists.written("Feeds of Oyez"), nl=False)


@feeds.command("list")
@shown.as_json
def list_(as_json: bool) -> None:
    """All feeds, their rule, and how they are."""
    found = [row(feed) for feed in queries.feeds()]
    shown.rows(found, COLUMNS, plain=as_json, empty="No feed is added yet.")


def row(feed: Feed) -> shown.Row:
    return {
        "id": feed.pk,
        "name": feed.name,
        "url": feed.url,
        "trust": feed.trust,
        "third_party": feed.third_party,
        "state": feed.state,
        "to": ", ".join(str(target.channel) for target in feed.targets.all()),
        "items": feed.items.count(),
        "polled_at": feed.polled_at,
        "next_poll_at": feed.next_poll_at,
        "failures": feed.failures,
        "problem": feed.problem,
    }


@feeds.command()
@click.argument("name", required=False)
def poll(name: str | None) -> None:
    """Ask a feed (or all) now. New items go their way once they have settled."""
    wanted = [queries.one(name)] if name else list(queries.feeds().filter(state="active"))
    if not wanted:
        raise Refusal("There is no feed to poll. Add one with: oyez feeds add")
    actions.poll(wanted, by=shown.me())
    fresh = [queries.one(str(feed.pk)) for feed in wanted]
    for feed in fresh:
        waiting = feed.items.filter(state="settling").count()
        settling = f"{waiting} {'item is' if waiting == 1 else 'items are'} settling."
        click.echo(f"{feed.name}: {feed.problem or settling}")
    if any(feed.problem for feed in fresh):
        raise click.exceptions.Exit(1)


@feeds.command()
@click.argument("url")
@more_channels
@to_channels
@click.option("--template", default="", help="Such as “{title} {link}”.")
@click.option("--keep", multiple=True, metavar="WORD")
@click.option("--block", multiple=True, metavar="WORD")
@shown.as_json
def preview(
    url: str,
    more: tuple[str, ...],
    to: tuple[str, ...],
    template: str,
    keep: tuple[str, ...],
    block: tuple[str, ...],
    as_json: bool,
) -> None:
    """What would be sent of a feed (its number, name or address), per channel. Nothing is."""
    going = channels.named((*to, *more))
    _refuse_unless_they_may_add(going)
    found = posts.preview(url, to=going, template=template, keep_words=keep, block_words=block)
    plain = [
        {"title": p.title, "channel": p.channel, "text": p.text, "why": p.why, "is": p.kind}
        for p in found
    ]
    columns = ("title", "channel", "text", "why")
    shown.rows(plain, columns, plain=as_json, empty="The feed has no items now.")


@feeds.command()
@click.argument("name")
def pause(name: str) -> None:
    """Ask the feed no more, and post none of it."""
    click.echo(f"Paused {actions.pause(queries.one(name), by=shown.me()).name}.")


@feeds.command()
@click.argument("name")
def resume(name: str) -> None:
    """Go on with a paused feed."""
    click.echo(f"{actions.resume(queries.one(name), by=shown.me()).name} goes on.")


@feeds.command()
@click.argument("name")
@click.argument("level", metavar="watch|suggest|approve|automatic")
def trust(name: str, level: str) -> None:
    """Say how far the feed is trusted."""
    feed = actions.set_trust(queries.one(name), level, by=shown.me())
    click.echo(f"{feed.name}: trust {feed.trust}.")


@feeds.command()
@click.argument("name")
@click.argument("owner", type=click.Choice(["ours", "third-party"]))
def whose(name: str, owner: str) -> None:
    """Say whose the feed is; before an election what others say is judged more strictly."""
    third_party = owner == "third-party"
    feed = actions.say_whose(queries.one(name), third_party=third_party, by=shown.me())
    click.echo(f"{feed.name} is {'somebody else’s' if feed.third_party else 'our own'}.")


@feeds.command()
@click.argument("name")
def confirm(name: str) -> None:
    """Say the second yes to a feed that posts by itself, where a channel asks for two."""
    click.echo(f"{actions.confirm_trust(queries.one(name), by=shown.me()).name} is confirmed.")


@click.command(cls=shown.Verb)
@click.option("--feed", default="", help="Only this feed’s.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True)
@shown.as_json
def items(feed: str, limit: int, as_json: bool) -> None:
    """What arrived, and what became of each item."""
    found = list(queries.items(queries.one(feed) if feed else None)[:limit])
    fates = deliveries.fate(found)
    plain = [
        {
            "id": item.pk,
            "feed": item.feed.name,
            "title": item.title,
            "url": item.url,
            "published_at": item.published_at,
            "arrived_at": item.arrived_at,
            "outcome": fates[item.pk].outcome,
            "reason": fates[item.pk].why,
            "post": fates[item.pk].post_id,
        }
        for item in found
    ]
    columns = ("id", "feed", "title", "arrived_at", "outcome", "reason")
    shown.rows(plain, columns, plain=as_json, empty="No item has arrived yet.")
