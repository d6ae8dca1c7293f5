"""`oyez reviews`, `approve`, `reject`, `send-late`: what waits for a yes, and the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from oyez.cli import shown
from oyez.decisions import actions, events, queries
from oyez.ledger.actor import Refusal
from oyez.posts import queries as posts

if TYPE_CHECKING:
    from oyez.decisions.models import Review
    from oyez.ledger.actor import Actor
    from oyez.ledger.events import Kind

COLUMNS = ("post", "title", "state", "asks", "due_at", "opened_at")
in_whose_name = click.option(
    "--as",
    "email",
    metavar="EMAIL",
    default="",
    help="Who decides: one of those asked, and no author. The record names them and you.",
)
read = click.option("--version", type=int, help="The version that you read; refused if it changed.")


@click.command(cls=shown.Verb)
@shown.as_json
def reviews(as_json: bool) -> None:
    """What waits for a yes, the soonest first."""
    found = [row(review) for review in queries.asking()]
    shown.rows(found, COLUMNS, plain=as_json, empty="Nothing waits for approval.")


def row(review: Review) -> shown.Row:
    open_steps = [stood for stood in queries.standing(review) if not stood.done]
    turn = open_steps[0] if open_steps and review.is_open else None
    return {
        "post": review.post_id,
        "title": review.post.title,
        "version": review.version,
        "digest": review.digest,
        "state": review.state,
        "asks": queries.named(turn.asked, turn.people) if turn else "",
        "due_at": review.due_at,
        "opened_at": review.opened_at,
    }


@click.command(cls=shown.Verb)
@click.argument("post", type=int)
@click.option("--reason", default="", help="Why it may go all the same, where a check asks.")
@in_whose_name
@read
def approve(post: int, reason: str, email: str, version: int | None) -> None:
    """Say yes to message POST, exactly as it stands."""
    by = shown.in_the_name_of(email)
    review = _the_review(post, version, events.APPROVED, by)
    review = actions.vote_yes(review, digest=review.digest, by=by, reason=reason)
    if review.state == review.State.LATE:
        raise Refusal(
            "You said yes, but its time has passed, so it does not go out by itself. "
            f"Have it sent all the same with: oyez send-late {post} --as EMAIL"
        )
    said = "others are asked next" if review.is_open else "approved"
    click.echo(f"Message {post}: {said}.")


@click.command(cls=shown.Verb)
@click.argument("post", type=int)
@click.option("--why", required=True, help="What should change; its author reads it.")
@in_whose_name
@read
def reject(post: int, why: str, email: str, version: int | None) -> None:
    """Say no to message POST: it becomes a draft again."""
    by = shown.in_the_name_of(email)
    review = _the_review(post, version, events.CHANGES_ASKED, by)
    actions.ask_for_changes(review, {"": why}, digest=review.digest, by=by)
    click.echo(f"Message {post} is a draft again; its author reads why.")


@click.command("send-late", cls=shown.Verb)
@click.argument("post", type=int)
@in_whose_name
@read
def send_late(post: int, email: str, version: int | None) -> None:
    """Send message POST now although the yes to it came after its time."""
    by = shown.in_the_name_of(email)
    actions.send_late(_the_review(post, version, events.APPROVED, by), by=by)
    click.echo(f"Message {post} goes out now. See: oyez deliveries")


def _the_review(post: int, version: int | None, kind: Kind, by: Actor) -> Review:
    found = posts.one(post)
    shown.refuse_unless(kind, found, by=by)
    review = queries.review_of(found)
    if not review:
        raise Refusal(f"Message {post} asks nobody.")
    if queries.wrote(review.post, shown.machine()):
        raise Refusal(
            "It was written on the command line, so somebody else must decide, on its page."
        )
    if version is not None and version != review.version:
        raise Refusal(f"Message {post} is version {review.version} by now. Read it again first.")
    return review
