"""How do we link, check and publish on a personal data server of the AT Protocol?

Only com.atproto.* is called, so that a server alone is enough. Requests are in wire.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from oyez.kit.fetch import Fetch
from oyez.kit.text import graphemes, newlines, utf8_bytes
from oyez.networks._given import sensible
from oyez.networks._http import SOON, Request, Unreadable, exchange
from oyez.networks._servers import host_of, server_address
from oyez.networks.bluesky import wire
from oyez.networks.contract import (
    Facts,
    Field,
    Keyring,
    Later,
    Limits,
    Link,
    Measure,
    Message,
    Progress,
    Receipt,
    Refused,
    SignedOut,
    Standing,
    Twice,
    Unsure,
)
from oyez.networks.fit import fit

HOME = "https://bsky.social"
LIMITS = Limits((Measure(300, graphemes, "characters"), Measure(3_000, utf8_bytes, "bytes")))


class Bluesky:
    """One account on one server. `facts`: server, did, handle. Secrets: secret, access, refresh."""

    name: ClassVar[str] = "bluesky"
    title: ClassVar[str] = "Bluesky"
    twice: ClassVar[Twice] = Twice.KEYED
    standing: ClassVar[Standing] = Standing.LINKED
    fields: ClassVar[tuple[Field, ...]] = (
        Field("server", "Server", "Leave it unless the account is hosted elsewhere", default=HOME),
        Field("identifier", "Handle", "Such as council.bsky.social, or the account's e-mail"),
        Field(
            "secret",
            "App password",
            "Made in the settings of the account under Privacy and security, App passwords",
            secret=True,
        ),
    )

    def __init__(self, fetch: Fetch, facts: Facts, keyring: Keyring) -> None:
        self._fetch, self._facts, self._keyring = fetch, facts, keyring
        self._server, self._did = str(facts["server"]), str(facts["did"])

    @classmethod
    def link(cls, fetch: Fetch, answers: Mapping[str, str]) -> Link:
        """Sign in at once with the handle and the app password."""
        server = server_address(answers.get("server") or HOME)
        identifier = answers.get("identifier", "").strip().lstrip("@")
        secret = answers.get("secret", "").strip()
        if not identifier or not secret:
            raise Refused("Enter the account's handle and an app password.")
        session = _first_session(fetch, server, identifier, secret, cls.title)
        facts = {"server": server, "did": session.did, "handle": session.handle}
        secrets = {"secret": secret, "access": session.access, "refresh": session.refresh}
        url = f"https://bsky.app/profile/{session.handle}"
        return sensible(
            Link(session.did, f"@{session.handle}", url, facts, secrets), host_of(server)
        )

    @property
    def limits(self) -> Limits:
        return LIMITS

    def check(self) -> Facts:
        """Is the account still open, and what is it called today?"""
        session = self._signed_in(lambda access: wire.get_session(self._server, access))
        now = wire.session(session)
        if now is None:
            raise Later(f"{host_of(self._server)} did not say whose account this is.", SOON)
        if not now.active:
            raise SignedOut(f"{host_of(self._server)} has closed this account. Sign in there.")
        if now.did != self._did:
            raise SignedOut(f"Our sign-in is now for another account. Link {self.title} again.")
        return {**self._facts, "handle": now.handle}

    def publish(self, message: Message, progress: Progress) -> Receipt:
        """Write one record under a key of our own: repeating the same bytes changes nothing."""
        if problems := fit(message, self.limits, self.title):
            raise Refused(f"{problems[0]}.")
        uri = progress.once("record", lambda: self._put(message, progress.key), harmless=True)
        return Receipt(uri, wire.post_url(str(self._facts["handle"]), uri))

    def _put(self, message: Message, key: str) -> str:
        def request(access: str) -> Request:
            return wire.put_record(self._server, access, self._did, message, key)

        try:
            uri = wire.written(self._signed_in(request))
        except wire.Taken:
            return self._there(message, key)
        if not uri:
            raise Unsure(f"{host_of(self._server)} took the message but did not say where it is.")
        return uri

    def _there(self, message: Message, key: str) -> str:
        """Our key is taken: by these words in the bytes of an older version, or by others?"""
        rkey = wire.tid(key, message.made_at)
        data = self._ask(wire.get_record(self._server, self._did, rkey))
        stands = data.get("value") if isinstance(data, dict) else None
        if isinstance(stands, dict) and stands.get("text") == newlines(message.text):
            return wire.written(data) or f"at://{self._did}/{wire.COLLECTION}/{rkey}"
        raise Refused("Another post already stands under the key of this one. Write it again.")

    def _ask(self, request: Request) -> Any:
        return exchange(self._fetch, request, wire.complaint(self.title, self._server))

    def _signed_in(self, request: Callable[[str], Request]) -> Any:
        """Ask with our access token, and once more with a fresh one where it has run out."""
        access = self._keyring.read("access")
        try:
            return self._ask(request(access))
        except wire.Stale:
            return self._ask(request(self._keyring.renew("access", access, self._fresh)))

    def _fresh(self) -> Mapping[str, str]:
        """New tokens: by the refresh token, else by the app password. Nothing is shown."""
        refresh, secret = self._keyring.read("refresh"), self._keyring.read("secret")
        try:
            return self._tokens(wire.refresh_session(self._server, refresh))
        except (wire.Stale, Refused) as error:
            if not secret:
                raise SignedOut(f"Our sign-in has run out. Link {self.title} again.") from error
        return self._tokens(wire.create_session(self._server, self._did, secret))

    def _tokens(self, request: Request) -> Mapping[str, str]:
        session = wire.session(self._ask(request))
        if session is None or not session.access or not session.refresh:
            raise Later(f"{host_of(self._server)} did not sign us in.", SOON)
        return {"access": session.access, "refresh": session.refresh}


def _first_session(
    fetch: Fetch, server: str, identifier: str, secret: str, title: str
) -> wire.Session:
    host = host_of(server)
    another_kind = Refused(f"{host} does not answer as a {title} server does. Check the address.")
    request = wire.create_session(server, identifier, secret)
    try:
        session = wire.session(exchange(fetch, request, wire.complaint(title, server)))
    except wire.Stale as error:
        why = f"{host} does not accept this handle and app password. Check both."
        raise SignedOut(why) from error
    except Unreadable as error:
        raise another_kind from error
    if session is None or not session.access or not session.refresh:
        raise another_kind
    if not session.active:
        raise SignedOut(f"{host} has closed this account. Sign in there to see why.")
    return session
