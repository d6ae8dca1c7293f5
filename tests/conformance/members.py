"""What a conformance test needs of each network: right and wrong answers, and a look behind."""

from __future__ import annotations

import html
import json
import re
import struct
import urllib.request
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit
from zlib import crc32

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Answer, Client, Fetch
from oyez.networks.contract import (
    Facts,
    Gone,
    Later,
    Link,
    Media,
    Message,
    Network,
    NetworkClass,
    Refused,
    SignedOut,
    Unsure,
)
from tests.servers import mastodon
from tests.servers.faulty import Front
from tests.servers.fixtures import PASSWORD

MADE_AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def a_message(text: str, link: str = "", **more: Any) -> Message:
    whole = f"{text} {link}".strip() if link and link not in text else text
    return Message(whole, MADE_AT, link=link, **more)


def a_png(shade: int = 0, side: int = 2) -> bytes:
    """A real picture: one square of one colour, so another shade is another file."""
    rows = (b"\0" + bytes([shade, 90, 160]) * side) * side

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def a_picture(alt: str = "A bridge over a river", shade: int = 0, **more: Any) -> Media:
    content = a_png(shade)
    digest = sha256(content).hexdigest()
    given = {"kind": "image/png", "width": 2, "height": 2, "size": len(content), **more}
    return Media(digest=digest, alt=alt, load=lambda: content, **given)


class Notebook:
    """The contract's Progress in memory: what began and what was done outlives a try."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.begun: set[str] = set()
        self.done: dict[str, str] = {}

    def once(self, step: str, do: Callable[[], str], *, harmless: bool = False) -> str:
        if step not in self.done:
            if step in self.begun and not harmless:
                raise Unsure(f"{step} was begun before")
            self.begun.add(step)
            try:
                self.done[step] = do()
            except (Gone, Later, Refused, SignedOut):
                self.begun.discard(step)
                raise
        return self.done[step]


@dataclass
class Keys:
    """The contract's Keyring in memory."""

    secrets: dict[str, str]
    renewed: int = 0

    def read(self, name: str) -> str:
        return self.secrets.get(name, "")

    def renew(self, name: str, stale: str, ask: Callable[[], Mapping[str, str]]) -> str:
        if self.secrets.get(name) == stale:
            self.secrets |= ask()
            self.renewed += 1
        return self.secrets[name]


class Nowhere:
    """A Fetch for networks that ask nobody."""

    def ask(self, method: str, url: str, **more: Any) -> Answer:
        raise AssertionError(f"{method} {url} was asked")


@dataclass
class Member:
    """One network, linked on first use."""

    kind: NetworkClass
    answers: dict[str, str] = field(default_factory=dict)
    fetch: Fetch = field(default_factory=Nowhere)
    linked: Link | None = None

    def link(self, **changed: str) -> Link:
        return self.kind.link(self.fetch, {**self.answers, **changed})

    def network(self, keys: Keys | None = None, facts: Facts | None = None) -> Network:
        self.linked = self.linked or self.link()
        return self.kind(self.fetch, facts or self.linked.facts, keys or self.keys())

    def keys(self, **changed: str) -> Keys:
        self.linked = self.linked or self.link()
        return Keys({**self.linked.secrets, **changed})

    def texts(self) -> list[str]:
        """What really stands there, as text, read behind the adapter's back."""
        raise NotImplementedError

    def shows(self, remote_id: str) -> list[tuple[str, bytes]]:
        """The words for each picture of a post, and its bytes where the server gives them back."""
        raise NotImplementedError

    def answered_by(self, remote_id: str) -> str:
        """The remote id of what a post replies to, or an empty string."""
        raise NotImplementedError

    def somebody_posts(self, text: str) -> str:
        """Another client of the same account says something; the id of its post."""
        raise NotImplementedError

    def somebody_boosts(self, remote_id: str) -> str:
        """Another client of the same account passes a post on; the id of that."""
        raise NotImplementedError

    def somebody_edits(self, remote_id: str, text: str) -> None:
        """Another client of the same account lets a post say something else."""
        raise NotImplementedError

    def somebody_renames(self, name: str) -> None:
        """Another client of the same account changes what its profile says."""
        raise NotImplementedError


class Wired(Member):
    """A network that speaks to a server, through a front."""

    def __init__(self, kind: NetworkClass, front: Front) -> None:
        super().__init__(kind, {"server": front.url, **self.wanted()})
        self.front = front
        self.fetch = self.client()

    def client(self, *more: str, max_seconds: float = 20.0) -> Client:
        allowed = (self.front.server.address, *more)
        return Client(AddressRule(allowed), max_seconds=max_seconds)

    def wanted(self) -> dict[str, str]:
        raise NotImplementedError

    def json(self, path: str, **headers: str) -> Any:
        return json.loads(self.bytes(path, **headers))

    def posted(self, path: str, said: object, method: str = "POST", **headers: str) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.front.behind}{path}",
            said if isinstance(said, bytes) else json.dumps(said).encode(),
            {"content-type": "application/json", **headers},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or "null")

    def bytes(self, path: str, **headers: str) -> bytes:
        request = urllib.request.Request(f"http://127.0.0.1:{self.front.behind}{path}")
        for name, value in headers.items():
            request.add_header(name, value)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()


class AtMastodon(Wired):
    token = "token"

    def wanted(self) -> dict[str, str]:
        return {"secret": mastodon.TOKEN}

    me = {"Authorization": f"Bearer {mastodon.TOKEN}"}

    def statuses(self) -> list[dict[str, Any]]:
        """Newest first."""
        mine = self.json("/api/v1/accounts/verify_credentials", **self.me)["id"]
        page: list[dict[str, Any]] = self.json(
            f"/api/v1/accounts/{mine}/statuses?limit=40", **self.me
        )
        return page

    def typed(self, remote_id: str) -> str:
        """The text as it was typed, from the status' source."""
        return str(self.json(f"/api/v1/statuses/{remote_id}/source", **self.me)["text"])

    def texts(self) -> list[str]:
        return [self.typed(one["id"]) for one in self.statuses()]

    def shows(self, remote_id: str) -> list[tuple[str, bytes]]:
        files = self.json(f"/api/v1/statuses/{remote_id}")["media_attachments"]
        return [(one["description"], self.bytes(urlsplit(one["url"]).path)) for one in files]

    def answered_by(self, remote_id: str) -> str:
        return str(self.json(f"/api/v1/statuses/{remote_id}")["in_reply_to_id"] or "")

    def somebody_posts(self, text: str) -> str:
        return str(self.posted("/api/v1/statuses", {"status": text}, **self.me)["id"])

    def somebody_boosts(self, remote_id: str) -> str:
        return str(self.posted(f"/api/v1/statuses/{remote_id}/reblog", {}, **self.me)["id"])

    def somebody_edits(self, remote_id: str, text: str) -> None:
        self.posted(f"/api/v1/statuses/{remote_id}", {"status": text}, "PUT", **self.me)

    def somebody_renames(self, name: str) -> None:
        path = "/api/v1/accounts/update_credentials"
        form = {"content-type": "application/x-www-form-urlencoded", **self.me}
        self.posted(path, urlencode({"display_name": name}).encode(), "PATCH", **form)

    def shown(self, remote_id: str) -> str:
        """What people see of it, markup taken off."""
        content = self.json(f"/api/v1/statuses/{remote_id}")["content"]
        return html.unescape(re.sub(r"<[^>]+>", "", content))


class AtBluesky(Wired):
    token = "access"

    def wanted(self) -> dict[str, str]:
        return {"identifier": "council.test", "secret": PASSWORD}

    def records(self) -> list[dict[str, Any]]:
        self.linked = self.linked or self.link()
        query = f"repo={self.linked.identity}&collection=app.bsky.feed.post&limit=100"
        return self.json(f"/xrpc/com.atproto.repo.listRecords?{query}")["records"]

    def texts(self) -> list[str]:
        return [record["value"]["text"] for record in self.records()]

    def somebody_posts(self, text: str, key: str = "") -> str:
        made = {"$type": "app.bsky.feed.post", "text": text, "createdAt": _now()}
        return self.creates("app.bsky.feed.post", made, key)

    def somebody_boosts(self, remote_id: str) -> str:
        stands = next(one for one in self.records() if one["uri"] == remote_id)
        subject = {"uri": remote_id, "cid": stands["cid"]}
        made = {"$type": "app.bsky.feed.repost", "subject": subject, "createdAt": _now()}
        return self.creates("app.bsky.feed.repost", made)

    def somebody_edits(self, remote_id: str, text: str) -> None:
        self.puts(remote_id, {**self.record(remote_id), "text": text})

    def somebody_renames(self, name: str) -> None:
        self.linked = self.linked or self.link()
        profile = {"$type": "app.bsky.actor.profile", "displayName": name}
        self.puts(f"at://{self.linked.identity}/app.bsky.actor.profile/self", profile)

    def puts(self, uri: str, record: object) -> None:
        session = self.signs_in(PASSWORD)
        _, collection, key = uri.rsplit("/", 2)
        words = {"repo": session["did"], "collection": collection, "rkey": key, "record": record}
        method = "/xrpc/com.atproto.repo.putRecord"
        self.posted(method, words, authorization=f"Bearer {session['accessJwt']}")

    def creates(self, collection: str, record: object, key: str = "") -> str:
        """`key`: the one they choose; else the server does."""
        session = self.signs_in(PASSWORD)
        words = {"repo": session["did"], "collection": collection, "record": record}
        words |= {"rkey": key} if key else {}
        method = "/xrpc/com.atproto.repo.createRecord"
        return str(
            self.posted(method, words, authorization=f"Bearer {session['accessJwt']}")["uri"]
        )

    def removes(self, uri: str) -> None:
        session = self.signs_in(PASSWORD)
        _, collection, key = uri.rsplit("/", 2)
        words = {"repo": session["did"], "collection": collection, "rkey": key}
        method = "/xrpc/com.atproto.repo.deleteRecord"
        self.posted(method, words, authorization=f"Bearer {session['accessJwt']}")

    def signs_in(self, password: str) -> dict[str, Any]:
        method, who = "/xrpc/com.atproto.server.createSession", "council.test"
        session: dict[str, Any] = self.posted(method, {"identifier": who, "password": password})
        return session

    def app_password(self, name: str) -> str:
        """A new one, as the app makes it."""
        bearer = f"Bearer {self.signs_in(PASSWORD)['accessJwt']}"
        method = "/xrpc/com.atproto.server.createAppPassword"
        return str(self.posted(method, {"name": name}, authorization=bearer)["password"])

    def forgets_app_passwords(self) -> None:
        bearer = {"authorization": f"Bearer {self.signs_in(PASSWORD)['accessJwt']}"}
        for one in self.json("/xrpc/com.atproto.server.listAppPasswords", **bearer)["passwords"]:
            words = {"name": one["name"]}
            self.posted("/xrpc/com.atproto.server.revokeAppPassword", words, **bearer)

    def record(self, remote_id: str) -> dict[str, Any]:
        return next(one["value"] for one in self.records() if one["uri"] == remote_id)

    def shows(self, remote_id: str) -> list[tuple[str, bytes]]:
        images = self.record(remote_id).get("embed", {}).get("images", [])
        return [(one["alt"], self.blob(one["image"]["ref"]["$link"])) for one in images]

    def blob(self, cid: str) -> bytes:
        assert self.linked
        return self.bytes(f"/xrpc/com.atproto.sync.getBlob?did={self.linked.identity}&cid={cid}")

    def answered_by(self, remote_id: str) -> str:
        return self.record(remote_id).get("reply", {}).get("parent", {}).get("uri", "")


class OnOurPage(Member):
    """The delivery is the record: nothing to read behind its back."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
