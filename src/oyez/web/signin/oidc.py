"""How is a provider asked who somebody is, and what did it answer? OpenID Connect’s code flow.

django-allauth keeps the state, makes the address with PKCE, and trades the code for a token. It
asks for no nonce, does not check the signature of what it was just given, takes the algorithm from
the token, believes a provider’s description whatever it calls itself, and would sign people up and
link them by e-mail: all of that is done here and in people, or never reached (ADR 23).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from oyez.kit import clock
from oyez.kit.fetch.for_requests import NotReached, Session, session
from oyez.kit.seal import Unsealable, WrongKeys
from oyez.people import discovery, outside, providers, tokens
from oyez.people.issuers import GOOGLE, Issuer
from oyez.people.tokens import SKEW, Claims, Said, Wrong

IN, LINK, AGAIN = "in", "link", "again"


class Outside(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What allauth sends goes through the one outbound client; nobody signs up."""

    def get_requests_session(self) -> Session:
        return session(outside.client())

    def generate_state_param(self, state: dict[str, Any]) -> str:
        return secrets.token_urlsafe(32)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False


class _Provider(OpenIDConnectProvider):  # type: ignore[misc]
    def __init__(self, request: HttpRequest, issuer: Issuer) -> None:
        self.issuer = issuer
        app = SocialApp(
            provider=providers.PROTOCOL,
            provider_id=issuer.slug,
            name=issuer.name,
            client_id=issuer.client_id,
            settings={"server_url": issuer.url},
        )
        super().__init__(request, app)

    def get_oauth2_adapter(self, request: HttpRequest) -> _Exchange:
        return _Exchange(request, self)


class _Exchange(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """At the addresses that the provider’s description names, once we have judged it."""

    def __init__(self, request: HttpRequest, provider: _Provider) -> None:
        self._provider = provider
        super().__init__(request, provider.issuer.slug)

    def get_provider(self) -> _Provider:
        return self._provider

    @property
    def openid_config(self) -> discovery.Document:
        return discovery.of(self._provider.issuer)

    @property
    def basic_auth(self) -> bool:
        """A provider that does not say wants the secret in the head (Discovery 1.0 §3)."""
        ways = self.openid_config.get("token_endpoint_auth_methods_supported")
        return not isinstance(ways, list) or "client_secret_post" not in ways

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        return comes_back_to(self._provider.issuer.slug)


def comes_back_to(slug: str) -> str:
    """The address that a provider is told to allow, whatever name a request used for us."""
    return (settings.OYEZ.url or settings.OYEZ.local_url) + reverse("signin:back", args=[slug])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider said, to which question of this browser’s, and whose it was."""

    said: Said
    purpose: str
    asked_by: int | None
    asked_at: datetime


def begin(request: HttpRequest, issuer: Issuer, purpose: str) -> str:
    """The address at the provider where somebody shows who they are. Raises Wrong."""
    nonce = secrets.token_urlsafe(32)
    kept = {"nonce": nonce, "by": request.user.pk, "at": clock.now().isoformat()}
    wanted = {"nonce": nonce, **_how_fresh(issuer, purpose)}
    onward = _Provider(request, issuer).redirect(request, purpose, data=kept, auth_params=wanted)
    return str(onward.url)


def _how_fresh(issuer: Issuer, purpose: str) -> dict[str, str]:
    """Before linking they choose or show there whose account it is: it may be a colleague’s, who
    signed in on the same computer.
    """
    if purpose == AGAIN:
        return {"prompt": "login", "max_age": "0"}
    longest = {"max_age": str(int(_longest().total_seconds()))}
    whose = "login" if asks_anew(issuer) else "select_account"
    return {**longest, "prompt": whose} if purpose == LINK else longest


def asks_anew(issuer: Issuer) -> bool:
    """Can it be made to ask somebody again, and to say so? Google knows no prompt=login."""
    return issuer.kind != GOOGLE


def answered(request: HttpRequest, issuer: Issuer) -> Answer:
    """What the provider sent this browser back with. Raises Wrong unless all of it holds."""
    asked = _asked(request, issuer)
    _is_theirs(request, issuer)
    if error := request.GET.get("error"):
        raise Wrong("denied" if error == "access_denied" else "answer", f"It said {error[:80]!r}.")
    kept, given = asked["data"], _traded(request, issuer, asked["pkce_code_verifier"])
    document, now = discovery.of(issuer), clock.now()
    keys = discovery.keys(document)
    claims = tokens.read(given["id_token"], keys, issuer, nonce=kept["nonce"], now=now)
    said = tokens.said(_with_address(claims, issuer, document, given), issuer)
    answer = Answer(said, asked["process"], kept["by"], datetime.fromisoformat(kept["at"]))
    _is_fresh(answer, now)
    return answer


def _asked(request: HttpRequest, issuer: Issuer) -> dict[str, Any]:
    """What this browser asked this provider, within ten minutes; answered once."""
    named = request.GET.get("state", "")
    asked: dict[str, Any] | None = statekit.unstash_state(
        request, provider_id=issuer.slug, state_id=named
    )
    if asked is None:
        raise Wrong("lost", "This browser has not asked, or too long ago, or has been answered.")
    return asked


def _is_theirs(request: HttpRequest, issuer: Issuer) -> None:
    """Not the answer of another provider (RFC 9207). Each has an address of its own besides."""
    said, says = request.GET.get("iss"), discovery.of(issuer)
    promised = says.get("authorization_response_iss_parameter_supported") is True
    if (said is not None or promised) and said != issuer.url:
        raise Wrong("answer", f"The answer is of {str(said)[:80]!r}.")


def _traded(request: HttpRequest, issuer: Issuer, verifier: str) -> dict[str, Any]:
    """The tokens for the code. What the provider says when it refuses may hold a secret, and goes
    nowhere.
    """
    provider = _Provider(request, issuer)
    exchange = provider.get_oauth2_adapter(request)
    provider.app.secret = _secret(issuer)
    client = exchange.get_client(request, provider.app)
    if exchange.basic_auth:  # where a colon would divide them (RFC 6749 §2.3.1)
        client.consumer_key = quote_plus(client.consumer_key)
        client.consumer_secret = quote_plus(client.consumer_secret)
    try:
        given: Any = exchange.get_access_token_data(
            request, provider.app, client, pkce_code_verifier=verifier
        )
    except NotReached as trouble:
        raise Wrong("away", str(trouble)) from trouble
    except (OAuth2Error, ValueError, KeyError, RecursionError) as trouble:
        raise Wrong("answer", "The provider gave no token for the code.") from trouble
    if not isinstance(given, dict) or not isinstance(given.get("id_token"), str):
        raise Wrong("answer", "The provider gave no ID token.")
    return given


def _secret(issuer: Issuer) -> str:
    try:
        return providers.secret(issuer.slug)
    except (Unsealable, WrongKeys) as closed:
        raise Wrong("broken", str(closed)) from closed


def _with_address(
    claims: Claims, issuer: Issuer, document: discovery.Document, given: dict[str, Any]
) -> Claims:
    """Some providers name the address apart. It counts only of the same subject (Core §5.3.2)."""
    if not issuer.domains or "email" in claims:
        return claims
    about = discovery.about(document, str(given["access_token"]))
    if about.get("sub") != claims.get("sub"):
        return claims
    return {**{name: about.get(name) for name in ("email", "email_verified")}, **claims}


def _is_fresh(answer: Answer, now: datetime) -> None:
    """Shown after we asked, where we asked for that; else within the length of a session."""
    at = answer.said.at
    if answer.purpose == AGAIN and (at is None or at < answer.asked_at - SKEW):
        raise Wrong("stale", f"They showed it at {at}, and we asked at {answer.asked_at}.")
    if at and (at > now + SKEW or at < now - _longest() - SKEW):
        raise Wrong("stale", f"They showed it at {at}, and here it is {now}.")


def _longest() -> timedelta:
    return timedelta(hours=settings.OYEZ.session_hours)
