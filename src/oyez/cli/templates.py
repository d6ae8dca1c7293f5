"""`oyez templates`: words to begin with, and holding statements for when there is no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.ledger.actor import Refusal
from oyez.posts import actions, queries

if TYPE_CHECKING:
    from oyez.posts.models import Template

COLUMNS = ("id", "kind", "name", "purpose", "language", "text")
number = click.argument("number", type=int)


@click.group(cls=shown.Group)
def templates() -> None:
    """Words that are ready: holding statements and templates."""


@templates.command("list")
@click.option("--holding", is_flag=True, help="Only holding statements.")
@shown.as_json
def list_(holding: bool, as_json: bool) -> None:
    """What is ready, holding statements first."""
    found = [*queries.templates("holding"), *([] if holding else queries.templates("template"))]
    shown.rows([row(one) for one in found], COLUMNS, plain=as_json, empty="No words are ready.")


@templates.command()
@click.argument("name")
@click.option("--text", default="", help="The words.")
@click.option("--from", "post", type=int, help="The number of a message that has them.")
@click.option("--holding", is_flag=True, help="For the first minutes, when facts are missing.")
@click.option("--purpose", default="", help="When it is meant to be used.")
@click.option("--language", default=None, help="Such as cy; en, or the message’s, unless said.")
@shown.as_json
def keep(
    name: str,
    text: str,
    post: int | None,
    holding: bool,
    purpose: str,
    language: str | None,
    as_json: bool,
) -> None:
    """Keep words under a name."""
    if bool(text) == (post is not None):
        raise Refusal("Say the words with --text, or which message has them with --from.")
    draft = queries.draft_of(queries.one(post)) if post is not None else None
    kept = actions.keep_template(
        name,
        draft.text if draft else text,
        kind="holding" if holding else "template",
        purpose=purpose,
        language=language or (draft.language if draft else "en"),
        by=shown.me(),
    )
    shown.one(row(kept), plain=as_json, said=f"{kept} is number {kept.pk}.")


@templates.command()
@number
@click.option(
    "--to", multiple=True, help="A channel, by name or number; the usual ones unless said."
)
@shown.as_json
def use(number: int, to: tuple[str, ...], as_json: bool) -> None:
    """Make a draft that begins with these words."""
    going = channels.named(to) or list(channels.usual())
    draft = queries.template(number).draft.going_to(channel.pk for channel in going)
    post = actions.start(draft, by=shown.me())
    shown.one({"id": post.pk}, plain=as_json, said=f"Message {post.pk} is a draft of these words.")


@templates.command()
@number
def remove(number: int) -> None:
    """Put it away; messages that were begun with it stay."""
    found = queries.template(number)
    actions.retire_template(found, by=shown.me())
    click.echo(f"Removed {found}.")


def row(one: Template) -> shown.Row:
    return {
        "id": one.pk,
        "kind": one.kind,
        "name": one.name,
        "purpose": one.purpose,
        "language": one.language,
        "text": one.text,
        "changed_at": one.changed_at,
    }
