"""How do we link, check, publish and look on a server with Mastodon's client API?

The members are subclasses that say who they are. Effects only: requests are in wire.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, ClassVar

from oyez.kit.fetch import Fetch
from oyez.networks._http import PAUSE, SOON, Request, Unreadable, exchange
from oyez.networks._mastodon import changes, linking, same, sizes, wire
from oyez.networks._mastodon.bringing import bring
from oyez.networks._servers import host_of, server_address
from oyez.networks.contract import (
    Changes,
    Facts,
    Field,
    Gone,
    Keyring,
    Later,
    Limits,
    Link,
    Message,
    Progress,
    Receipt,
    Refused,
    Seen,
    SignedOut,
    Standing,
    Twice,
    Unsure,
)
from oyez.networks.fit import fit

_MOST_PAGES = 25
_MOST_SEEN = 100


class MastodonApi:
    """One account on one server. `facts`: server, account_id, handle, and the server's limits."""

    name: ClassVar[str]
    title: ClassVar[str]
    twice: ClassVar[Twice] = Twice.FINDABLE
    standing: ClassVar[Standing]
    fields: ClassVar[tuple[Field, ...]] = (
        Field("server", "Server", "The address of the server, such as https://social.example.org"),
        Field(
            "secret",
            "Access token",
            "In the settings of the account, under Development, make an application with scopes "
            "read, write:statuses and write:media, and copy its access token",
            secret=True,
        ),
        Field(
            "client_id",
            "Client key",
            "Beside the access token. With it and the client secret, we can end the access "
            "ourselves should somebody break in",
            optional=True,
        ),
        Field("client_secret", "Client secret", secret=True, optional=True),
    )

    def __init__(self, fetch: Fetch, facts: Facts, keyring: Keyring) -> None:
        self._fetch, self._facts, self._keyring = fetch, facts, keyring
        self._server = str(facts["server"])

    @classmethod
    def link(cls, fetch: Fetch, answers: Mapping[str, str]) -> Link:
        """Try server and token at once: is it that API, whose token is it, may it write?"""
        server = server_address(answers.get("server", ""))
        found = linking.link(fetch, server, answers.get("secret", "").strip(), cls.title)
        own = {name: answers.get(name, "").strip() for name in ("client_id", "client_secret")}
        told = {name: text for name, text in own.items() if text}
        return replace(found, secrets={**found.secrets, **told})

    @property
    def limits(self) -> Limits:
        return sizes.limits_of(self._facts)

    def check(self) -> Facts:
        """Is the token still ours? With the limits as they are today, where the server says."""
        token = self._token()
        who = wire.account(self._ask(wire.who_am_i(self._server, token)))
        if who is None or not who.id:
            raise Later(f"{host_of(self._server)} did not say whose account this is.", SOON)
        if who.id != self._facts["account_id"]:
            raise SignedOut(
                f"Our access token now belongs to another account. Link {self.title} again."
            )
        return {**self._facts, **linking.sizes_today(self._fetch, self._server, token, self.title)}

    def publish(self, message: Message, progress: Progress) -> Receipt:
        """Send it once. A repeated call with the same key is safe only as far as `find` says."""
        files = self._prepared(message, progress)
        if message.answers:
            progress.once("answers", lambda: self.answerable(message.answers), harmless=True)
        answer = progress.once("status", lambda: self._send(message, files, progress.key))
        return _as_receipt(answer)

    def answerable(self, remote_id: str) -> str:
        """The id itself, where that post still stands: some servers reply to nothing in silence."""
        try:
            self._ask(wire.status(self._server, self._token(), remote_id))
        except wire.Missing as error:
            raise self._gone("The post this answers") from error
        return remote_id

    def edit(self, remote_id: str, message: Message, progress: Progress) -> Receipt:
        """Replace words and files. All files are brought anew: which are there, nobody can tell."""
        files = self._prepared(message, progress)
        answer = progress.once(
            "edit", lambda: self._replace(remote_id, message, files), harmless=True
        )
        return _as_receipt(answer)

    def delete(self, remote_id: str, progress: Progress) -> None:
        """Take it down; what is gone is done."""
        progress.once("delete", lambda: self._remove(remote_id), harmless=True)

    def newest(self) -> str:
        """The id of our newest own status there, or an empty string."""
        request = wire.own_statuses(self._server, self._token(), self._account, limit=1)
        page = self._page(request)
        if page and not page[0]["id"]:
            raise self._senseless()
        return str(page[0]["id"]) if page else ""

    def find(self, message: Message, key: str, since: str) -> Sequence[Receipt]:
        """Our statuses newer than `since` that say exactly this, newest first."""
        found = (
            self._receipt(status)
            for status in self._newer_than(since)
            if same.shows(status, message) and self._says(status, message)
        )
        return list(found)

    def shown(self, since: str) -> Sequence[Seen]:
        """What stands on the account, whoever put it there: of a flood the newest page or two."""
        found = islice(self._newer_than(since, boosts=True), wire.PAGE if not since else _MOST_SEEN)
        return [one for status in found if (one := wire.seen(status, self._server))]

    def changed(self, mark: str) -> Changes:
        """What was edited on the newest page, and the profile."""
        page = self._known(wire.own_statuses(self._server, self._token(), self._account))
        profile = self._ask(wire.who_am_i(self._server, self._token()))
        if wire.account(profile) is None:
            raise Later(f"{host_of(self._server)} did not show our profile.", SOON)
        return changes.since(mark, page, profile, self._server)

    @classmethod
    def by_hand(cls) -> str:
        """In the words of its own pages."""
        return (
            "On the server: Preferences, Account, change the password. Then Preferences, Account, "
            "Authorised apps, and Development: delete every application that you do not know, and "
            "regenerate the access token of ours."
        )

    def revoke(self) -> Sequence[str]:
        """End our token, where we know which application it was made for."""
        client_id, secret = self._keyring.read("client_id"), self._keyring.read("client_secret")
        token, host = self._keyring.read("token"), host_of(self._server)
        if not (client_id and secret and token):
            return []
        try:
            self._ask(wire.revoke(self._server, client_id, secret, token))
        except (Refused, SignedOut):
            return []
        return [f"{host} has ended our access token."]

    @property
    def _account(self) -> str:
        return str(self._facts["account_id"])

    def _token(self) -> str:
        if token := self._keyring.read("token"):
            return token
        raise SignedOut(f"This channel has no access token. Link {self.title} again.")

    def _ask(self, request: Request) -> Any:
        return exchange(self._fetch, request, wire.complaint(self.title, self._server))

    def _prepared(self, message: Message, progress: Progress) -> list[str]:
        """Refuse what does not fit before the first byte; then the ids of the files, brought."""
        if problems := fit(message, self.limits, self.title):
            raise Refused(f"{problems[0]}.")
        return bring(message.media, progress, self._ask, self._server, self._token)

    def _send(self, message: Message, files: Sequence[str], key: str) -> str:
        request = wire.post_status(self._server, self._token(), message, key, files)
        try:
            return self._stands(self._ask(request))
        except wire.Missing as error:
            raise self._gone("What this message answers or shows") from error

    def _replace(self, remote_id: str, message: Message, files: Sequence[str]) -> str:
        request = wire.edit_status(self._server, self._token(), remote_id, message, files)
        try:
            return self._stands(self._ask(request), version=wire.edited)
        except wire.Missing as error:
            raise self._gone("The post") from error

    def _remove(self, remote_id: str) -> str:
        try:
            self._ask(wire.delete_status(self._server, self._token(), remote_id))
        except wire.Missing:
            return "it was gone"
        return "deleted"

    def _stands(self, data: Any, version: wire.Version = wire.version) -> str:
        if receipt := wire.receipt(data, self._server):
            return json.dumps([receipt.remote_id, receipt.url, version(data)])
        raise Unsure(f"{host_of(self._server)} took the message but did not say where it is.")

    def _gone(self, what: str) -> Gone:
        return Gone(f"{what} is no longer on {host_of(self._server)}.")

    def _receipt(self, status: Mapping[str, Any]) -> Receipt:
        receipt = wire.receipt(status, self._server)
        assert receipt is not None, "statuses() lets only statuses with an id through"
        return receipt

    def _page(self, request: Request) -> Sequence[Mapping[str, Any]]:
        page = wire.statuses(self._ask(request))
        if page is None:
            raise Later(f"{host_of(self._server)} did not show our own posts.", SOON)
        return page

    def _senseless(self) -> Later:
        return Later(f"{host_of(self._server)} shows our posts with ids that make no sense.", PAUSE)

    def _known(self, request: Request) -> Sequence[Mapping[str, Any]]:
        """The statuses of a page whose ids can be kept. A page without any shows nothing to us."""
        page = self._page(request)
        known = [status for status in page if status["id"]]
        if page and not known:
            raise self._senseless()
        return known

    def _newer_than(self, since: str, *, boosts: bool = False) -> Iterator[Mapping[str, Any]]:
        """All our statuses after the watermark, page by page, also where since_id is ignored."""
        before, seen = "", set[str]()
        for _ in range(_MOST_PAGES):
            page = self._known(
                wire.own_statuses(
                    self._server,
                    self._token(),
                    self._account,
                    since=since,
                    before=before,
                    boosts=boosts,
                )
            )
            unseen = [status for status in page if status["id"] not in seen]
            fresh = [status for status in unseen if wire.newer(status["id"], since)]
            yield from fresh
            if not fresh or fresh[-1] is not unseen[-1]:
                return
            before = page[-1]["id"]
            seen |= {status["id"] for status in page}
        raise Later(f"There are too many posts on {host_of(self._server)} to look through.", PAUSE)

    def _says(self, status: Mapping[str, Any], message: Message) -> bool:
        html = str(status.get("content") or "")
        if same.says(html, message.text):
            return True
        return same.nearly(html, message.text) and self._source_says(status["id"], message)

    def _source_says(self, status_id: str, message: Message) -> bool:
        """Servers that read markup show other signs than we sent; their source has them."""
        try:
            data = self._ask(wire.status_source(self._server, self._token(), status_id))
        except (Refused, Unreadable):
            return False
        return isinstance(data, dict) and same.same(str(data.get("text", "")), message.text)


def _as_receipt(answer: str) -> Receipt:
    return Receipt(*json.loads(answer))
