"""`oyez library`: add pictures and films, see what is there and what still needs words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from oyez.cli import shown
from oyez.deliveries import queries as deliveries
from oyez.ledger.actor import Refusal
from oyez.library import actions, queries
from oyez.posts import queries as posts

if TYPE_CHECKING:
    from oyez.library.models import Attachment

COLUMNS = ("id", "name", "kind", "size", "alt", "licence", "uploaded_at")


@click.group(cls=shown.Group)
def library() -> None:
    """Pictures and films, their words, and who agreed to be seen."""


@library.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--alt", help="What it shows, for those who do not see it.")
@click.option("--decorative", is_flag=True, default=None, help="It says nothing; no alt text.")
@click.option("--licence", help="Such as “Ours” or “CC BY 4.0”.")
@click.option("--source", help="Who made it.")
@click.option("--people/--no-people", default=None, help="Can somebody be recognised?")
@click.option("--captions", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A film’s captions: WebVTT or SubRip.")  # fmt: skip
def add(
    file: Path,
    alt: str | None,
    decorative: bool | None,
    licence: str | None,
    source: str | None,
    people: bool | None,
    captions: Path | None,
) -> None:
    """Clean a picture or film and add it. The same file again is the one that is there."""
    with file.open("rb") as content:
        added = actions.upload(content, file.name, by=shown.me())
    click.echo(f"{added.name} is number {added.pk} in the library.")
    if added.removed:
        click.echo(f"Removed from it: {', '.join(added.removed)}.")
    if captions:
        actions.caption(added, captions.read_bytes(), by=shown.me())
    actions.describe(
        added,
        alt=alt,
        decorative=decorative,
        licence=licence,
        source=source,
        shows_people=people,
        by=shown.me(),
    )
    if added.needs_alt:
        click.echo("It has no alt text yet; without it, it is not sent.")


@library.command("list")
@click.option("--missing-alt", is_flag=True, help="Only pictures without alt text.")
@click.option("--search", default="", help="Only those whose words hold these.")
@click.option("--kind", type=click.Choice([queries.PICTURE, queries.FILM]), default=None)
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True)
@shown.as_json
def list_(missing_alt: bool, search: str, kind: str | None, limit: int, as_json: bool) -> None:
    """What is in the library, the newest first."""
    found = queries.search(search, missing_alt=missing_alt, kind=kind or "")[:limit]
    shown.rows([row(one) for one in found], COLUMNS, plain=as_json, empty="Nothing here.")


@library.command()
@click.argument("number")
@shown.as_json
def show(number: str, as_json: bool) -> None:
    """Everything known of one picture or film, and where it is used."""
    found = queries.one(number)
    facts = {**row(found), **details(found)}
    lines = [{"what": name, "value": value} for name, value in facts.items()]
    shown.rows([facts] if as_json else lines, ("what", "value"), plain=as_json, empty="")


@library.command()
@click.argument("number")
@click.option("--anyway", is_flag=True, help="Also while a message that is still to go has it.")
def retire(number: str, anyway: bool) -> None:
    """Take it out of use: nobody can choose it any more. Messages that have it keep it."""
    one = queries.one(number)
    if not anyway and (places := _still_to_go(one)):
        raise Refusal(
            f"{one.name} is in what has not gone out yet ({places}), and would go out with it. "
            "Take it out there first, or add --anyway."
        )
    actions.retire(one, by=shown.me())
    click.echo(f"{one.name} is out of use.")


def _still_to_go(one: Attachment) -> str:
    found = [f"message {post.pk}" for post in deliveries.still_here(posts.holding(one.pk))]
    found += [f"repeat {repeat.pk}" for repeat in posts.repeats_holding(one.pk)]
    return ", ".join(found)


def row(one: Attachment) -> dict[str, object]:
    return {
        "id": one.pk,
        "name": one.name,
        "kind": one.kind,
        "width": one.width,
        "height": one.height,
        "size": one.blob.size,
        "alt": one.alt,
        "decorative": one.decorative,
        "licence": one.licence,
        "source": one.source,
        "captions": one.captions_id is not None,
        "uploaded_at": one.uploaded_at,
    }


def details(one: Attachment) -> dict[str, object]:
    return {
        "seconds": one.seconds,
        "shows_people": one.shows_people,
        "politician": one.politician,
        "focus": list(one.focus),
        "language": one.language,
        "removed": one.removed,
        "retired_at": one.retired_at,
        "consents": [
            f"{c.who}{' (child)' if c.child else ''} until {c.expires_on or 'taken back'}"
            for c in queries.consents(one).filter(withdrawn_at=None)
        ],
        "used_in_messages": [post.pk for post in posts.holding(one.pk)],
        "comes_again_in": [repeat.pk for repeat in posts.repeats_holding(one.pk)],
    }
