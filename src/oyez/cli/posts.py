"""`oyez posts`: messages as their authors have them, what can be done with a whole one, and many at
once from a table.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from django.conf import settings

from oyez.cli import shown
from oyez.decisions import queries as decisions
from oyez.deliveries import actions as deliveries
from oyez.deliveries import queries as sent
from oyez.kit import clock, walltime
from oyez.ledger.actor import Refusal
from oyez.posts import actions, queries

if TYPE_CHECKING:
    from oyez.posts.models import Post

COLUMNS = ("id", "title", "state", "review", "by", "changed_at")
OF_LINES = ("line", "text", "message", "problems")
number = click.argument("post", type=int)


@click.group(cls=shown.Group)
def posts() -> None:
    """Messages: drafts, handed in, thrown away; import many as drafts."""


@posts.command("list")
@click.option("--drafts", is_flag=True, help="Only those still being written.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True)
@shown.as_json
def list_(drafts: bool, limit: int, as_json: bool) -> None:
    """The newest messages, and how each stands."""
    found = list((queries.drafts() if drafts else queries.posts())[:limit])
    asked = decisions.states_of(found)
    rows = [row(post, asked.get(post.pk, "")) for post in found]
    shown.rows(rows, COLUMNS, plain=as_json, empty="There is no message yet.")


def row(post: Post, review: str) -> shown.Row:
    return {
        "id": post.pk,
        "title": post.title or post.link,
        "state": post.state,
        "review": review,
        "by": post.by.get("name", ""),
        "version": post.version,
        "language": post.language,
        "pair": post.pair_id,
        "request": post.asked_for_id,
        "changed_at": post.edited_at or post.made_at,
    }


@posts.command()
@number
@shown.as_json
def show(post: int, as_json: bool) -> None:
    """One message: its words for each channel, as they stand."""
    found = queries.one(post)
    state = decisions.states_of([found]).get(post, "")
    said = [(w.channel.name, w.text) for w in queries.current_wordings(found)]
    known = said or _as_written(found)
    rows = [{**row(found, state), "channel": name, "text": text} for name, text in known]
    columns = ("id", "state", "review", "version", "channel", "text")
    shown.rows(rows, columns, plain=as_json, empty="It goes nowhere yet.")


def _as_written(post: Post) -> list[tuple[str, str]]:
    draft = queries.draft_of(post)
    names = queries.names_of(draft)
    return [(names[pk], draft.words_for(pk)) for pk in draft.to if pk in names]


@posts.command("take-back")
@number
def take_back(post: int) -> None:
    """Make a draft of it again, so that it can be changed. What has not left does not leave."""
    actions.take_back(queries.one(post), by=shown.me())
    click.echo(f"Message {post} is a draft again.")


@posts.command()
@number
@click.argument("at", metavar="TIME")
@click.option("--confirm", multiple=True, metavar="CHECK", help="Keep what this check warns of.")
def move(post: int, at: str, confirm: tuple[str, ...]) -> None:
    """Let it go out at another TIME: 14:05 or “2026-11-24 14:05”. It is approved anew."""
    try:
        meant = walltime.read(at, settings.TIME_ZONE, clock.now())
    except walltime.NoSuchTime as wrong:
        raise Refusal(str(wrong)) from wrong
    local = meant.astimezone(ZoneInfo(settings.TIME_ZONE))
    moved = deliveries.move(
        queries.one(post),
        wall=f"{local:%Y-%m-%dT%H:%M}",
        zone=settings.TIME_ZONE,
        fold=local.fold,
        confirmed=confirm,
        by=shown.me(),
    )
    click.echo(f"Message {post} is meant for {local:%H:%M on %-d %B %Y}.")
    if decisions.open_reviews().filter(post=moved).exists():
        click.echo("It waits for somebody else’s yes before. See: oyez reviews")


@posts.command()
@number
def queue(post: int) -> None:
    """Give a draft the next free slot of its channels. See: oyez slots list"""
    placed = actions.queue(queries.one(post), by=shown.me()).draft
    click.echo(
        f"Message {post} is meant for {placed.wall.replace('T', ' ')}. Hand it in to send it."
    )


@posts.command()
@number
def correct(post: int) -> None:
    """Make a draft of what is out, to change its words where they stand. They stay until the newer
    ones are approved.
    """
    deliveries.correct(queries.one(post), by=shown.me())
    click.echo(f"Message {post} is a draft again; what is out stays. Change it and hand it in.")


@posts.command("take-down")
@number
@click.option("--why", required=True, help="The reason; it is kept.")
@click.option("--from", "names", multiple=True, metavar="CHANNEL", help="Everywhere unless.")
def take_down(post: int, why: str, names: tuple[str, ...]) -> None:
    """Take down what is out. See what became of it with: oyez deliveries"""
    where = [_place(queries.one(post), name) for name in names]
    found = deliveries.take_down(queries.one(post), reason=why, channels=where, by=shown.me())
    gone = ", ".join(dict.fromkeys(one.channel.name for one in found))
    click.echo(f"Message {post} is being taken down from {gone}. See: oyez deliveries")


def _place(post: Post, name: str) -> int:
    """The number of the channel of this name on which the message stands."""
    there = {one.channel.name: one.channel_id for one in sent.there(post)}
    for known, pk in there.items():
        if known.casefold() == name.casefold():
            return pk
    raise Refusal(f"It does not stand on “{name}”. It stands on: {', '.join(there) or 'none'}.")


@posts.command()
@number
def discard(post: int) -> None:
    """Throw it away; it can be brought back."""
    actions.discard(queries.one(post), by=shown.me())
    click.echo(f"Message {post} is thrown away. Bring it back with: oyez posts restore {post}")


@posts.command()
@number
def restore(post: int) -> None:
    """Bring back what was thrown away, as a draft."""
    actions.restore(queries.one(post), by=shown.me())
    click.echo(f"Message {post} is a draft again.")


@posts.command()
@number
def copy(post: int) -> None:
    """A new draft with the same words, without its time."""
    click.echo(f"Message {actions.copy(queries.one(post), by=shown.me()).pk} is the copy.")


@posts.command()
@number
@click.option("--with", "other", type=int, help="The number of a message that is here.")
@click.option("--language", default="", help="Begin a draft in this language, such as cy.")
@shown.as_json
def pair(post: int, other: int | None, language: str, as_json: bool) -> None:
    """The same message in two languages: neither goes without the other."""
    if (other is None) == (not language):
        raise Refusal("Say --with and a message’s number, or --language and begin its draft.")
    found = queries.one(post)
    two = queries.one(other) if other is not None else None
    if two:
        deliveries.pair(found, two, by=shown.me())
    else:
        two = deliveries.begin_pair(found, language, by=shown.me())
    said = f"Messages {post} and {two.pk} are paired: neither goes without the other."
    shown.one({"id": post, "pair": two.pk, "language": two.language}, plain=as_json, said=said)


@posts.command()
@number
def part(post: int) -> None:
    """Let it go by itself again, without its other language."""
    deliveries.part(queries.one(post), by=shown.me())
    click.echo(f"Message {post} goes by itself.")


@posts.command()
@number
@click.argument("text")
def comment(post: int, text: str) -> None:
    """Say something about it to colleagues."""
    actions.comment(queries.one(post), text, by=shown.me())
    click.echo("Your comment is kept.")


@posts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would become of each line.")
@shown.as_json
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Make a draft of each good line of a CSV file. Exit code 1 when a line is not good.

    Columns: text, channels (with ; between), date, time, link, title, language.
    """
    lines = queries.read_table(file.read_bytes())
    made = iter(actions.import_lines(lines, by=shown.me()) if not dry_run else ())
    numbers = [next(made).pk if line.draft and not dry_run else None for line in lines]
    rows = [
        {
            "line": line.number,
            "text": line.text if as_json else line.text[:60],
            "message": number,
            "problems": list(line.problems) if as_json else " ".join(line.problems),
        }
        for line, number in zip(lines, numbers, strict=True)
    ]
    shown.rows(rows, OF_LINES, plain=as_json, empty="There is no message in it.")
    good = sum(line.draft is not None for line in lines)
    if not as_json:
        verb = "would become" if dry_run else "became"
        click.echo(f"{good} of {len(lines)} lines {verb} drafts.")
    if good < len(lines):
        raise click.exceptions.Exit(1)
