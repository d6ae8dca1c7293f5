"""An OpenID provider of ours on loopback that does as it should, or lies exactly as told. It holds
us to what we must send: PKCE with S256, the same address to come back to, each code once.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from pytest_django import Settings

from oyez.people import discovery, outside
from oyez.people.issuers import Issuer
from tests.servers.raw import Seen, reply, serving

CLIENT, SECRET, KID = "https://oyez.example:1/", "a client:secret~of/the+council", "one"
Sign = Callable[[dict[str, Any]], str]


@cache
def a_key(bits: int = 2048, which: int = 0) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def a_jwk(key: rsa.RSAPrivateKey | None = None, **more: str) -> dict[str, Any]:
    public = jwt.algorithms.RSAAlgorithm.to_jwk((key or a_key()).public_key(), as_dict=True)
    return {**public, "kid": KID, "use": "sig", **more}


def signed(claims: dict[str, Any], **head: Any) -> str:
    return jwt.encode(claims, a_key(), algorithm="RS256", headers={"kid": KID, **head})


@dataclass
class Provider:
    """`document`, `keys` and `sign` may be changed to lie; `about` is what its userinfo says."""

    port: int = 0
    document: dict[str, Any] = field(default_factory=dict)
    keys: list[dict[str, Any]] = field(default_factory=lambda: [a_jwk()])
    sign: Sign = signed
    about: dict[str, Any] = field(default_factory=dict)
    away: bool = False
    sends_on: str = ""  # where its description is said to be
    asked: list[dict[str, str]] = field(default_factory=list)  # forms at the token’s address
    _codes: dict[str, tuple[dict[str, str], dict[str, Any]]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def issuer(self, slug: str = "council", **more: Any) -> Issuer:
        kept = Issuer(slug, "Council account", self.url, CLIENT, domains=("council.example",))
        return replace(kept, **more)

    def consents(self, address: str, **claims: Any) -> str:
        """Where the browser is sent back to once somebody has said yes at `address`."""
        wanted = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (wanted["code_challenge_method"], wanted["response_type"]) == ("S256", "code")
        now, code = int(time.time()), secrets.token_urlsafe(16)
        said = {"iss": self.url, "aud": wanted["client_id"], "nonce": wanted["nonce"]}
        said |= {"sub": "s-ada", "iat": now, "exp": now + 300, "auth_time": now, **claims}
        self._codes[code] = wanted, {k: v for k, v in said.items() if v is not None}
        return f"{wanted['redirect_uri']}?{urlencode({'code': code, 'state': wanted['state']})}"

    def answer(self, seen: Seen) -> bytes | None:
        if self.away:
            return None
        path = seen.path.partition("?")[0]
        if path == discovery.WELL_KNOWN and self.sends_on:
            return reply(status="302 Found", location=self.sends_on)
        if path == discovery.WELL_KNOWN:
            return _json(self._description())
        if path == "/keys":
            return _json({"keys": self.keys})
        if path == "/about":
            return _json(self.about)
        return self._trade(dict(parse_qsl(seen.body.decode())), seen)

    def _description(self) -> dict[str, Any]:
        places = {"authorization": "in", "token": "token", "userinfo": "about"}
        named = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in places.items()}
        return {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **named, **self.document}

    def _trade(self, form: dict[str, str], seen: Seen) -> bytes:
        self.asked.append(form | {"authorization": seen.headers.get("authorization", "")})
        wanted, claims = self._codes.pop(form.get("code", ""), ({}, {}))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not wanted or challenge != wanted["code_challenge"]:
            return _json({"error": "invalid_grant"}, "400 Bad Request")
        if form["redirect_uri"] != wanted["redirect_uri"]:
            return _json({"error": "invalid_grant"}, "400 Bad Request")
        tokens = {"access_token": "a-token", "token_type": "Bearer"}
        return _json({**tokens, "id_token": self.sign(claims)})


def _json(said: dict[str, Any], status: str = "200 OK") -> bytes:
    return reply(json.dumps(said).encode(), status, content_type="application/json")


@contextmanager
def providing(settings: Settings, *, how_many: int = 1) -> Iterator[list[Provider]]:
    """So many of them, which the house may reach."""
    every: list[Provider] = []
    with _each(every, how_many):
        here = tuple(f"127.0.0.1:{one.port}" for one in every)
        settings.OYEZ = replace(settings.OYEZ, allow_private=here)
        _forget()
        yield every
    _forget()


@contextmanager
def _each(every: list[Provider], left: int) -> Iterator[None]:
    if not left:
        yield
        return
    one = Provider()
    with serving(one.answer) as server:
        one.port = server.port
        every.append(one)
        with _each(every, left - 1):
            yield


def _forget() -> None:
    outside.client.cache_clear()
    discovery.forget()
