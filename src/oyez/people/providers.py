"""Which providers are set up, and whose account at one is whose here? django-allauth's tables keep
both; the secret of a client is sealed for its provider.

A link is a pair of issuer and subject. An issuer's address stands in it, not our name for it: one
that is set up anew under the same name speaks for nobody of the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount, SocialApp
from django.db.models import QuerySet

from oyez.kit.seal import MissingKey
from oyez.ledger.actor import Refusal
from oyez.people import vault
from oyez.people.issuers import ANY, Issuer

if TYPE_CHECKING:
    from oyez.people.models import Person

PROTOCOL = "openid_connect"


def rows() -> QuerySet[SocialApp]:
    found: QuerySet[SocialApp] = SocialApp.objects.filter(provider=PROTOCOL)
    return found.order_by("name", "pk")


def row(slug: str) -> SocialApp:
    """Raises Refusal when there is none."""
    if found := rows().filter(provider_id=slug).first():
        return found
    known = ", ".join(rows().values_list("provider_id", flat=True)) or "none yet"
    raise Refusal(f"There is no provider “{slug}”. There are: {known}.")


def every() -> list[Issuer]:
    """In the order of their names."""
    return [issuer(one) for one in rows()]


def one(slug: str) -> Issuer:
    """Raises Refusal when there is none."""
    return issuer(row(slug))


def secret(slug: str) -> str:
    """What shows a provider that it is we who ask. Raises Unsealable, and WrongKeys."""
    try:
        return _secret(slug)
    except MissingKey:  # dropped since the row was read: by now the row is sealed with another
        return _secret(slug)


def _secret(slug: str) -> str:
    return vault.opened(row(slug).settings["sealed"], vault.of_provider(slug))


def issuer(row: SocialApp) -> Issuer:
    kept = row.settings
    return Issuer(
        slug=row.provider_id,
        name=row.name,
        url=kept["server_url"],
        client_id=row.client_id,
        kind=kept.get("kind", ANY),
        home=kept.get("home", ""),
        domains=tuple(kept.get("domains", ())),
        asks_factor=kept.get("asks_factor", False),
    )


def links(person: Person) -> QuerySet[SocialAccount]:
    """This person's accounts elsewhere, the eldest first."""
    found: QuerySet[SocialAccount] = SocialAccount.objects.filter(user=person)
    return found.order_by("date_joined", "pk")


def links_to(url: str) -> QuerySet[SocialAccount]:
    found: QuerySet[SocialAccount] = SocialAccount.objects.filter(provider=url)
    return found.select_related("user").order_by("pk")


def link(url: str, subject: str) -> SocialAccount | None:
    return links_to(url).filter(uid=subject).first()
