"""`oyez people`: invite, list, remove, and make one-time sign-in links."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from oyez.cli import shown
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.notices import queries as notices
from oyez.notices.actions import send_invitation
from oyez.people import actions, events, queries, rules

if TYPE_CHECKING:
    from oyez.people.models import Grant, Person

DAY = shown.Day()


why_an_administrator = click.option(
    "--why", default="", help="For an administrator: why; every other one reads it."
)


@click.group(cls=shown.Group)
def people() -> None:
    """Who may sign in, and what each may do."""


@people.command("list")
@shown.as_json
def list_(as_json: bool) -> None:
    """Everybody who may sign in."""
    shown.refuse_unless(events.INVITED)
    found = [
        {
            "email": p.email,
            "name": p.name,
            "role": p.role,
            "duties": p.duties,
            "certificate_until": p.certificate_until,
            "last_login": p.last_login,
        }
        for p in queries.everyone()
    ]
    columns = ("email", "name", "role", "last_login")
    shown.rows(found, columns, plain=as_json, empty="Nobody is invited yet.")


@people.command()
@click.argument("email")
@click.option("--name", default="")
@click.option("--role", type=click.Choice(list(rules.ROLES)), default=rules.READER)
@why_an_administrator
def invite(email: str, name: str, role: str, why: str) -> None:
    """Let somebody in, and print a link for them."""
    _refuse_without_a_reason(role, why)
    person = actions.invite(email, name=name, role=role, why=why, by=shown.me())
    click.echo(f"Invited {person.email} as {person.role}.{_waits(person, role)}")
    if notices.mail_reaches(person):
        send_invitation(person, by=shown.me())
        click.echo("An invitation is on its way to them. Or hand them this one instead:")
    click.echo("Sign in once, within seven days:")
    click.echo(_address(actions.make_link(person, invites=True, by=shown.me())))


@people.command()
@click.argument("email")
@click.option("--role", type=click.Choice(list(rules.ROLES)))
@click.option("--duty", "duties", multiple=True, type=click.Choice(rules.DUTIES))
@click.option("--no-duties", is_flag=True, help="Take all duties away.")
@why_an_administrator
def give(email: str, role: str | None, duties: tuple[str, ...], no_duties: bool, why: str) -> None:
    """Change somebody's role or duties (monitoring officer, data protection officer, …)."""
    person = shown.here(email)
    wanted = None if not duties and not no_duties else duties
    _refuse_without_a_reason(role or "", why)
    actions.give(person, role=role or "", duties=wanted, why=why, by=shown.me())
    is_now = ", ".join([person.role, *person.duties])
    click.echo(f"{person.email} is {is_now}.{_waits(person, role or '')}")


def _refuse_without_a_reason(role: str, why: str) -> None:
    """Whoever has the machine needs no second person; the others read why, each at once."""
    alone = shown.me().kind != "person" and queries.somebody_runs_the_house()
    if role == rules.ADMINISTRATOR and alone and not why.strip():
        raise Refusal("Say --why: every administrator is told of it and reads the reason.")


def _waits(person: Person, role: str) -> str:
    waits = role == rules.ADMINISTRATOR and person.role != role
    return " Another administrator has to confirm the rest: oyez people confirm" if waits else ""


@people.command()
@shown.as_json
def grants(as_json: bool) -> None:
    """Who is to be an administrator, and waits for a second administrator’s yes."""
    shown.refuse_unless(events.ADMINISTRATOR_MADE)
    found = [
        {
            "email": one.person.email,
            "asked_by": one.by["name"],
            "why": one.why,
            "asked_at": one.asked_at,
            "expires_at": one.expires_at,
        }
        for one in queries.grants()
    ]
    columns = ("email", "asked_by", "why", "expires_at")
    shown.rows(found, columns, plain=as_json, empty="Nobody waits to become an administrator.")


@people.command()
@click.argument("email")
def confirm(email: str) -> None:
    """Say yes, as a second administrator, to making EMAIL one. Give your name with oyez --as."""
    actions.confirm(_grant(email), by=shown.me())
    click.echo(f"{email} is an administrator.")


@people.command()
@click.argument("email")
def decline(email: str) -> None:
    """Say no to it."""
    actions.decline(_grant(email), by=shown.me())
    click.echo(f"{email} does not become an administrator.")


def _grant(email: str) -> Grant:
    if found := queries.grants().filter(person__email__iexact=email).first():
        return found
    raise Refusal(f"Nothing waits for {email}. See: oyez people grants")


@people.command()
@click.argument("email")
@click.option("--until", type=DAY, help="Its last day, 2027-12-31.")
@click.option("--none", is_flag=True, help="No certificate is asked of them.")
def certificate(email: str, until: date | None, none: bool) -> None:
    """Record until when somebody’s training lasts: after that day they may hand nothing in."""
    if (until is None) != none:
        raise Refusal("Give either --until with the last day, or --none.")
    person = shown.here(email)
    actions.certify(person, until, by=shown.me())
    said = f"lasts until {until:%-d %B %Y}" if until else "is not asked for"
    click.echo(f"{person.name}’s certificate {said}.")


@people.command()
@click.argument("email")
@click.argument("new")
def address(email: str, new: str) -> None:
    """Write to somebody at NEW from now on, where they also sign in; they are told at both."""
    person = shown.here(email)
    actions.change_address(person, new, by=shown.me())
    click.echo(f"{person.name} signs in with {person.email} from now on.")


@people.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time sign-in link (15 minutes, once)."""
    _print_link(email)


@people.command("reset-factors", cls=shown.OfTheMachine)
@click.argument("email")
def reset_factors(email: str) -> None:
    """For whoever lost phone, passkey and recovery codes: take them away, and print a link."""
    person = shown.here(email)
    actions.reset_factors(person, by=shown.me())
    click.echo(
        f"{person.name} has no second factor and no password now, and is signed out everywhere. "
        "Hand this link over to nobody but them."
    )
    _print_link(email)


@people.command("sign-out")
@click.argument("email", required=False, default="")
@click.option("--everybody", is_flag=True, help="Instead of EMAIL: everybody, wherever they are.")
def sign_out(email: str, everybody: bool) -> None:
    """End the sessions of somebody, or of everybody, in every browser with the next click."""
    if everybody == bool(email):
        raise Refusal("Say whose sessions end: an address, or --everybody.")
    found = list(queries.everyone()) if everybody else [shown.here(email)]
    actions.end_all_sessions(found, by=shown.me())
    click.echo(f"Signed out: {', '.join(person.email for person in found)}.")


@people.command()
@click.argument("email")
def remove(email: str) -> None:
    """Take every right away at once."""
    person = shown.here(email)
    actions.remove(person, by=shown.me())
    click.echo(f"Removed {person.email}.")


@people.command()
@click.argument("email")
@click.option("--until", type=DAY, required=True, help="The last day away, 2026-12-24.")
@click.option("--from", "from_on", type=DAY, help="The first; today unless said.")
@click.option("--deputy", default="", help="Whose answer counts meanwhile: their address.")
def away(email: str, until: date, from_on: date | None, deputy: str) -> None:
    """Say that somebody is away, and who answers for them."""
    person, first = shown.here(email), from_on or _today()
    instead = shown.here(deputy) if deputy else None
    actions.set_absence(person, first, until, instead, by=shown.me())
    answers = f"{instead.name} answers for them" if instead else "Nobody answers for them"
    click.echo(f"{person.name} is away from {first:%-d %B} to {until:%-d %B %Y}. {answers}.")


@people.command()
@click.argument("email")
def back(email: str) -> None:
    """Say that somebody is back; or, of somebody who is here, that they stay after all."""
    person = shown.here(email)
    absence = queries.absences(person, _today()).first()
    if not absence:
        raise Refusal(f"{person.name} is not away.")
    actions.end_absence(absence, by=shown.me())
    click.echo(f"{person.name} is back.")


@people.command("first-link", cls=shown.OfTheMachine, hidden=True)
def first_link() -> None:
    """For `up`: the first administrator's link while nobody has signed in yet; else nothing."""
    if token := actions.first_link(by=shown.me()):
        click.echo(_address(token))


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _print_link(email: str) -> None:
    person = queries.person(email)
    if not person:
        raise Refusal(f"{email} is not here. Invite them with: oyez people invite {email}")
    click.echo("Sign in once, within 15 minutes:")
    click.echo(_address(actions.make_link(person, by=shown.me())))


def _address(token: str) -> str:
    base = settings.OYEZ.url or settings.OYEZ.local_url
    return base + reverse("signin:use", args=[token])
