"""`oyez posts write`, `edit`, `hand-in`: a message as the page for writing makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click
from django.conf import settings

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.cli.posts import number
from oyez.decisions import actions as decisions
from oyez.decisions import queries as asked
from oyez.kit import clock, walltime
from oyez.ledger.actor import Refusal
from oyez.library import queries as library
from oyez.posts import actions, queries
from oyez.posts.draft import Draft, Placed
from oyez.strategy import queries as strategy

if TYPE_CHECKING:
    from oyez.posts.models import Post

Command = TypeVar("Command", bound=Callable[..., Any])
OPTIONS = (
    click.option("--to", multiple=True, metavar="CHANNEL", help="Where to; may be said again."),
    click.option(
        "--own", multiple=True, type=(str, str), metavar="CHANNEL WORDS", help="Its own words."
    ),
    click.option(
        "--picture", "pictures", multiple=True, type=int, metavar="NUMBER", help="Of the library."
    ),
    click.option("--link", help="The address that it leads to."),
    click.option("--title", help="What colleagues call it."),
    click.option("--language", help="Such as en or cy."),
    click.option("--campaign", type=int, metavar="NUMBER", help="Of: oyez campaigns list"),
    click.option("--at", metavar="TIME", help="14:05 or “2026-11-24 14:05”; empty: at once."),
)


def with_parts(command: Command) -> Command:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command(cls=shown.Verb)
@click.argument("text")
@with_parts
@shown.as_json
def write(text: str, as_json: bool, **said: Any) -> None:
    """A new draft that says TEXT; hand it in with: oyez posts hand-in"""
    made = actions.start(_changed(queries.drafted(text, to=()), said), by=shown.me())
    _tell(made, "is a draft", as_json=as_json)


@click.command(cls=shown.Verb)
@number
@click.option("--text", help="The words for all.")
@with_parts
@shown.as_json
def edit(post: int, text: str | None, as_json: bool, **said: Any) -> None:
    """Change a draft; what is not said stays as it is."""
    found = queries.one(post)
    draft = found.draft if text is None else found.draft.saying(text)
    saved = actions.save(found, _changed(draft, said), based_on=found.version, by=shown.me())
    _tell(saved, f"is version {saved.version}", as_json=as_json)


@click.command("hand-in", cls=shown.Verb)
@number
@click.option("--confirm", multiple=True, metavar="CHECK", help="Keep what this check warns of.")
@click.option("--ask", multiple=True, metavar="CHECK", help="Ask who may allow what it blocks.")
@shown.as_json
def hand_in(post: int, confirm: tuple[str, ...], ask: tuple[str, ...], as_json: bool) -> None:
    """Send a draft on its way, or to whoever must say yes."""
    by = shown.me()
    made = decisions.hand_in(queries.one(post), by=by, confirmed=confirm, asking=ask)
    waits = asked.open_reviews().filter(post=made).exists()
    says = "waits for somebody else’s yes. See: oyez reviews" if waits else "is on its way"
    _tell(made, says, as_json=as_json)


def _tell(post: Post, says: str, *, as_json: bool) -> None:
    state = {"id": post.pk, "state": post.state, "version": post.version}
    shown.one(state, plain=as_json, said=f"Message {post.pk} {says}.")


def _changed(draft: Draft, said: dict[str, Any]) -> Draft:
    """The draft with what was said. Raises Refusal for what is not here and for no time."""
    plain = {name: said[name] for name in ("link", "title", "language") if said[name] is not None}
    if said["to"]:
        plain["to"] = tuple(channel.pk for channel in channels.named(said["to"]))
    if said["pictures"]:
        plain["media"] = tuple(Placed(library.one(pk).pk) for pk in said["pictures"])
    if said["campaign"] is not None:
        plain["campaign"] = strategy.one(said["campaign"]).pk
    for name, words in said["own"]:
        (channel,) = channels.named([name])
        draft = draft.with_words(channel.pk, words)
    return _timed(replace(draft, **plain), said["at"])


def _timed(draft: Draft, at: str | None) -> Draft:
    if at is None:
        return draft
    if not at.strip():
        return draft.without_time()
    try:
        moment = walltime.read(at, settings.TIME_ZONE, clock.now())
    except walltime.NoSuchTime as wrong:
        raise Refusal(str(wrong)) from wrong
    meant = queries.drafted("", to=(), at=moment)
    return replace(draft, wall=meant.wall, zone=meant.zone, fold=meant.fold)


VERBS = (write, edit, hand_in)
