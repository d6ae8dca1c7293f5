"""How do we link, check and publish on a personal data server of the AT Protocol?

Only com.atproto.* is called, so that a server alone is enough. Requests are in wire.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from oyez.kit.fetch import Fetch
from oyez.kit.text import graphemes, utf8_bytes
from oyez.networks._given import sensible
from oyez.networks._http import SOON, Request, Unreadable, exchange
from oyez.networks._servers import clean, host_of, server_address
from oyez.networks.bluesky import changes, embed, wire
from oyez.networks.contract import (
    Changes,
    Facts,
    Field,
    Gone,
    Keyring,
    Later,
    Limits,
    Link,
    Measure,
    Media,
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

HOME = "https://bsky.social"
CAPTION_BYTES = 20_000
_MOST_PAGES = 25
LIMITS = Limits(
    (Measure(300, graphemes, "characters"), Measure(3_000, utf8_bytes, "bytes")),
    media=4,
    media_bytes=1_000_000,
    film_bytes=50_000_000,
    film_seconds=180,
    alt_text=2_000,
    kinds=frozenset({"image/jpeg", "image/png", "image/webp", "video/mp4"}),
    captions=True,
    threads=True,
)


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
        self._versions: dict[str, str] = {}  # of the records we were told of

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
        reply = self._reply(message.answers, progress) if message.answers else None
        files = [self._file(one, place, progress) for place, one in enumerate(message.media)]
        put = partial(self._put, message, progress.key, files, reply)
        uri = progress.once("record", put, harmless=True)
        return self._receipt(uri)

    def answerable(self, remote_id: str) -> str:
        """The post and the first of its thread with their hashes, as JSON."""
        host, request = host_of(self._server), wire.get_record(self._server, *wire.parts(remote_id))
        try:
            found = wire.reply_to(self._ask(request))
        except wire.Missing as error:
            raise Gone(f"The post this answers is no longer on {host}.") from error
        if found is None:
            raise Later(f"{host} did not show the post this answers.", SOON)
        return json.dumps(found)

    def delete(self, remote_id: str, progress: Progress) -> None:
        """Take the record down; the server lets go of its files. What is gone is done."""
        did, rkey = wire.parts(remote_id)
        if did != self._did:
            raise Refused("This post is another account's: it is not ours to delete.")
        progress.once("delete", partial(self._remove, rkey), harmless=True)

    def newest(self) -> str:
        """The post with the highest key."""
        page = self._ask(wire.list_records(self._server, self._did, wire.COLLECTION))
        return next((wire.written(one) for one in wire.records(page)), "")

    def find(self, message: Message, key: str, since: str) -> Sequence[Receipt]:
        """Under our key; else by what it says, since a restored house may have forgotten the key.

        Keys tell when words were frozen: what was frozen after `since` went out is not older.
        """
        if mine := self._under_our_key(message, key):
            return [self._receipt(mine)]
        newer = self._newer_than(since)
        return [self._receipt(self._uri(one)) for one in newer if _says(one, message)]

    def _under_our_key(self, message: Message, key: str) -> str:
        rkey = wire.tid(key, message.made_at)
        try:
            one = self._ask(wire.get_record(self._server, self._did, rkey))
        except wire.Missing:
            return ""
        return self._uri(one) if _says(one, message) else ""

    def _receipt(self, uri: str) -> Receipt:
        url = wire.post_url(str(self._facts["handle"]), uri)
        return Receipt(uri, url, self._versions.get(uri, ""))

    def _uri(self, data: Any) -> str:
        """Where the record is; what it is now is kept for the receipt."""
        if uri := wire.written(data):
            self._versions[uri] = wire.version(data)
        return uri

    def _newer_than(self, since: str) -> Iterator[Mapping[str, Any]]:
        """Our records that may be newer, page by page."""
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = self._ask(wire.list_records(self._server, self._did, wire.COLLECTION, cursor))
            found = wire.records(page)
            newer = [one for one in found if wire.is_newer(wire.written(one), since)]
            yield from newer
            cursor = wire.cursor(page)
            if not cursor or not newer:
                return
        raise Later(f"There are too many posts on {host_of(self._server)} to look through.", SOON)

    def shown(self, since: str) -> Sequence[Seen]:
        """Posts and reposts of the second of `since` and later, of the newest hundred of each.

        Keys grow with time, but whoever writes a record chooses its key: one of the future, or of
        no time at all, is told of each time and nothing is counted from it.
        """
        handle = str(self._facts["handle"])
        pages = [
            self._ask(wire.list_records(self._server, self._did, kind))
            for kind in (wire.COLLECTION, wire.REPOSTS)
        ]
        found = [one for page in pages for one in wire.seen(page, handle)]
        newer = [one for one in found if not since or wire.is_newer(one.remote_id, since)]
        return sorted(newer, key=lambda one: (one.marks, wire.key_of(one.remote_id)), reverse=True)

    def changed(self, mark: str) -> Changes:
        """Every record that was written since, under whichever key; the profile too."""
        handle = str(self._facts["handle"])
        return changes.since(self._ask, self._server, self._did, handle, mark)

    @classmethod
    def by_hand(cls) -> str:
        """In the words of its own pages."""
        return (
            "In the app: Settings, Account, change the password; then Settings, Privacy and "
            "security, App passwords: delete all of them."
        )

    def revoke(self) -> Sequence[str]:
        """End our session, and the app password where there is one alone: it must be ours."""
        done, host = [], host_of(self._server)
        try:
            names = self._app_passwords()
            if len(names) == 1:
                self._signed_in(
                    lambda access: wire.revoke_app_password(self._server, access, names[0])
                )
                done.append(f"{host} has ended the app password “{clean(names[0], 60)}”.")
            self._ask(wire.delete_session(self._server, self._keyring.read("refresh")))
        except SignedOut:
            return done  # it lets us in no more
        return [*done, f"{host} has ended our session; what is open ends within two hours."]

    def _app_passwords(self) -> Sequence[str]:
        """Their names; none where our sign-in may not ask."""
        try:
            return wire.app_passwords(
                self._signed_in(lambda access: wire.list_app_passwords(self._server, access))
            )
        except Refused:
            return []

    def _remove(self, rkey: str) -> str:
        self._signed_in(lambda access: wire.delete_record(self._server, access, self._did, rkey))
        return "deleted"

    def _reply(self, remote_id: str, progress: Progress) -> Any:
        return json.loads(
            progress.once("answers", partial(self.answerable, remote_id), harmless=True)
        )

    def _file(self, one: Media, place: int, progress: Progress) -> embed.File:
        """Bring captions and file; the steps keep what the record names them by."""
        captions = None
        if one.is_film and one.captions:
            bring = partial(self._bring, partial(_short, one.captions), "text/vtt")
            captions = json.loads(progress.once(f"captions {place}", bring, harmless=True))
        bring = partial(self._bring, one.load, one.kind)
        blob = json.loads(progress.once(f"media {place}", bring, harmless=True))
        return embed.File(one, blob, captions)

    def _bring(self, load: Callable[[], bytes], kind: str) -> str:
        content = load()
        answer = self._signed_in(
            lambda access: wire.upload_blob(self._server, access, content, kind)
        )
        if (blob := embed.blob(answer)) is None:
            raise Later(f"{host_of(self._server)} did not say how to name a file.", SOON)
        return json.dumps(blob)

    def _put(self, message: Message, key: str, files: Sequence[embed.File], reply: Any) -> str:
        def request(access: str) -> Request:
            return wire.put_record(self._server, access, self._did, message, key, files, reply)

        try:
            uri = self._uri(self._signed_in(request))
        except wire.Taken:
            return self._there(message, key)
        if not uri:
            raise Unsure(f"{host_of(self._server)} took the message but did not say where it is.")
        return uri

    def _there(self, message: Message, key: str) -> str:
        """Our key is taken: by these words in the bytes of an older version, or by others?"""
        rkey = wire.tid(key, message.made_at)
        data = self._ask(wire.get_record(self._server, self._did, rkey))
        if _says(data, message):
            return self._uri(data) or f"at://{self._did}/{wire.COLLECTION}/{rkey}"
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


def _says(record: Any, message: Message) -> bool:
    stands = record.get("value") if isinstance(record, dict) else None
    return isinstance(stands, dict) and embed.says(stands, message)


def _short(captions: Callable[[], bytes]) -> bytes:
    if len(content := captions()) > CAPTION_BYTES:
        raise Refused(f"Captions must be {CAPTION_BYTES:,} bytes or fewer. Shorten them.")
    return content


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
