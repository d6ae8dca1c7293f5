"""`oyez signin`: through which providers people may sign in. Who sets one up can let in anybody, so
it is done on the machine alone.
"""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings
from django.urls import reverse

from oyez.cli import shown
from oyez.ledger.actor import Refusal
from oyez.people import actions, discovery, events, providers
from oyez.people.issuers import ANY, ENTRA, GOOGLE, Issuer, issuer_of
from oyez.people.tokens import Wrong


@click.group(cls=shown.Group)
def signin() -> None:
    """Signing in with accounts at a provider (OpenID Connect)."""


@signin.command("list")
@shown.as_json
def list_(as_json: bool) -> None:
    """The providers that are set up."""
    shown.refuse_unless(events.PROVIDER_ADDED)
    found = [_row(one) for one in providers.every()]
    columns = ("name", "title", "issuer", "domains", "asks_factor")
    shown.rows(found, columns, plain=as_json, empty="Nobody signs in through a provider.")


def _row(one: Issuer) -> shown.Row:
    return {
        "name": one.slug,
        "title": one.name,
        "issuer": one.url,
        "client_id": one.client_id,
        "domains": list(one.domains),
        "asks_factor": one.asks_factor,
        "comes_back_to": _comes_back_to(one.slug),
    }


@signin.command(cls=shown.OfTheMachine)
@click.argument("name")
@click.option("--title", default="", help="On the button: Sign in with …")
@click.option("--issuer", default="", help="The provider’s address, as it calls itself.")
@click.option("--entra-tenant", default="", help="Instead, for Microsoft: the directory’s id.")
@click.option("--google-domain", default="", help="Instead, for Google Workspace: the domain.")
@click.option("--client-id", required=True, help="What the provider calls this house.")
@click.option(
    "--secret-file",
    type=click.Path(path_type=Path),
    required=True,
    help="The file that holds the client secret; - reads it from the input.",
)
@click.option(
    "--trust-addresses",
    "domains",
    multiple=True,
    help="A domain of e-mail that it may vouch for, at somebody’s first time. May be repeated.",
)
@click.option("--asks-factor", is_flag=True, help="It lets nobody through without two factors.")
def add(
    name: str,
    title: str,
    issuer: str,
    entra_tenant: str,
    google_domain: str,
    client_id: str,
    secret_file: Path,
    domains: tuple[str, ...],
    asks_factor: bool,
) -> None:
    """Let a provider sign in people who are here; it is asked at once whether it is there.

    NAME stands in the address that the provider sends people back to.
    """
    kind, home = _whose(issuer, entra_tenant, google_domain)
    chosen = Issuer(
        slug=name,
        name=title or name.title(),
        url=issuer_of(kind, issuer.strip(), home),
        client_id=client_id.strip(),
        kind=kind,
        home=home,
        domains=tuple(one.lower().strip() for one in domains),
        asks_factor=asks_factor,
    )
    actions.add_provider(chosen, _secret(secret_file), by=shown.me())
    click.echo(f"People can sign in with {chosen.name}. Tell it to send them back to:")
    click.echo(_comes_back_to(name))


def _whose(issuer: str, tenant: str, domain: str) -> tuple[str, str]:
    given = [
        (kind, said.strip().lower())
        for kind, said in ((ANY, issuer), (ENTRA, tenant), (GOOGLE, domain))
        if said.strip()
    ]
    if len(given) != 1:
        raise Refusal("Give one of --issuer, --entra-tenant and --google-domain.")
    kind, said = given[0]
    return kind, "" if kind == ANY else said


def _secret(file: Path) -> str:
    try:
        with click.open_file(str(file), encoding="utf-8") as opened:
            return str(opened.read()).strip()
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"The file {file} cannot be read. Check its name and rights.") from None


@signin.command()
@click.argument("name")
def check(name: str) -> None:
    """Ask a provider for its description and its keys. Exit 1 with a sentence if it is not well."""
    shown.refuse_unless(events.PROVIDER_ADDED)
    issuer = providers.one(name)
    try:
        discovery.keys(discovery.asked(issuer))
    except Wrong as wrong:
        raise Refusal(f"{wrong} Nobody can sign in with {issuer.name} meanwhile.") from wrong
    click.echo(f"{issuer.name} answers, and has keys to sign with.")


@signin.command(cls=shown.OfTheMachine)
@click.argument("name")
def remove(name: str) -> None:
    """Let nobody in by a provider any more; whoever linked an account there is signed out."""
    how_many = actions.remove_provider(name, by=shown.me())
    click.echo(f"Removed. {how_many} people had linked an account there.")


def _comes_back_to(slug: str) -> str:
    base = settings.OYEZ.url or settings.OYEZ.local_url
    return base + reverse("signin:back", args=[slug])
