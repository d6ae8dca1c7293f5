"""Through which providers may somebody sign in, and what do we hold each to? No database here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from oyez.ledger.actor import Refusal

ANY, ENTRA, GOOGLE = "any", "entra", "google"
KINDS = (ANY, ENTRA, GOOGLE)
GOOGLE_ISSUER = "https://accounts.google.com"
_ENTRA_ISSUER = "https://login.microsoftonline.com/{}/v2.0"
_PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad"  # everybody's private Microsoft account
_TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}")
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,29}")
_HERE = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True, slots=True)
class Issuer:
    """A provider as the operator set it up.

    `home` is the one organisation whose accounts count: a tenant of Entra, a domain of Google.
    `domains`: whose addresses the operator trusts it to vouch for.
    """

    slug: str  # in its addresses with us
    name: str  # on its button
    url: str  # the issuer, letter for letter as it names itself
    client_id: str
    kind: str = ANY
    home: str = ""
    domains: tuple[str, ...] = ()
    asks_factor: bool = False  # says the operator: nobody gets through it without two factors


def issuer_of(kind: str, url: str, home: str) -> str:
    """The address under which this provider signs. Raises Refusal unless it names one body."""
    if kind == ENTRA:
        return _ENTRA_ISSUER.format(_tenant(home))
    if kind == GOOGLE:
        return GOOGLE_ISSUER
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not safe or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise Refusal(
            f"“{url}” is not the address of a provider. Give --issuer as https://login.example.uk."
        )
    return _not_shared(url.removesuffix("/.well-known/openid-configuration"))


def _tenant(home: str) -> str:
    tenant = home.lower()
    if not _TENANT.fullmatch(tenant) or tenant == _PERSONAL:
        raise Refusal(
            "Give --entra-tenant as the directory’s own id, such as "
            "11111111-2222-3333-4444-555555555555: anything wider lets in strangers."
        )
    return tenant


def _not_shared(url: str) -> str:
    """These sign for many bodies at once, so they have to be named."""
    if urlsplit(url).hostname in {"login.microsoftonline.com", "sts.windows.net"}:
        raise Refusal("This is Microsoft’s. Give --entra-tenant instead of --issuer.")
    if urlsplit(url).hostname == urlsplit(GOOGLE_ISSUER).hostname:
        raise Refusal("This is Google’s. Give --google-domain instead of --issuer.")
    return url


def judge(issuer: Issuer) -> None:
    """Raises Refusal for what cannot be kept so."""
    if not _SLUG.fullmatch(issuer.slug):
        raise Refusal(
            f"“{issuer.slug}” cannot stand in an address: use up to 30 small letters, digits and -."
        )
    if not 0 < len(issuer.name) <= 40 or not 0 < len(issuer.client_id) <= 191:
        raise Refusal("The name may have 40 characters and the client id 191. Shorten it.")
    if len(issuer.url) > 200:
        raise Refusal("The address of the provider may have 200 characters.")
    for one in [*issuer.domains, *([issuer.home] if issuer.kind == GOOGLE else [])]:
        if not _DOMAIN.fullmatch(one):
            raise Refusal(f"“{one}” is not a domain. Give one such as example.gov.uk.")
