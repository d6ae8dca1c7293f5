"""`oyez notices`: who was told what, what was mailed to whom, and does the mail server work?"""

from __future__ import annotations

import click

from oyez.cli import shown
from oyez.ledger.actor import Refusal
from oyez.notices import actions, events, queries
from oyez.people import queries as people

LATEST = 200


@click.group(cls=shown.Group)
def notices() -> None:
    """Who is told of what, on the page and by e-mail."""


@notices.command("list")
@click.option("--person", "email", default="", help="Only this person’s: their address.")
@shown.as_json
def list_(email: str, as_json: bool) -> None:
    """What people were told, newest first."""
    shown.refuse_unless(events.TESTED)
    found = queries.everybodys_notices()
    if email:
        person = people.person(email)
        if not person:
            raise Refusal(f"{email} is not here. See: oyez people list")
        found = found.filter(person=person)
    rows = [
        {
            "id": notice.pk,
            "person": notice.person.email,
            "topic": notice.topic,
            "title": notice.title,
            "href": notice.href,
            "made_at": notice.made_at,
            "read_at": notice.read_at,
        }
        for notice in found[:LATEST]
    ]
    columns = ("id", "person", "title", "made_at", "read_at")
    shown.rows(rows, columns, plain=as_json, empty="Nobody has been told anything yet.")


@notices.command()
@shown.as_json
def log(as_json: bool) -> None:
    """Every e-mail: to whom, and what became of it; newest first."""
    shown.refuse_unless(events.TESTED)
    rows = [
        {
            "id": posting.pk,
            "address": posting.address,
            "kind": posting.kind,
            "subject": posting.subject,
            "notices": posting.count,
            "state": posting.state,
            "tries": posting.tries,
            "due_at": posting.due_at,
            "sent_at": posting.sent_at,
            "why": posting.why,
        }
        for posting in queries.log()[:LATEST]
    ]
    columns = ("id", "address", "kind", "subject", "state", "tries", "sent_at", "why")
    shown.rows(rows, columns, plain=as_json, empty="No e-mail has been sent yet.")


@notices.command()
@click.argument("email")
def test(email: str) -> None:
    """Send a test e-mail now, and say what the mail server answered."""
    said = actions.send_test(email, by=shown.me())
    click.echo(f"The mail server took the test for {email}. It answered: {said}")
