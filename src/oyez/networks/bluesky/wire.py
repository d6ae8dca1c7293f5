"""What goes over the wire to a personal data server, and what comes back? Pure.

Source: the lexicons com.atproto.server.*, com.atproto.repo.* and app.bsky.feed.post at atproto.com.
What a record shows is in embed.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from oyez.kit import clock
from oyez.kit.text import Span, graphemes, hashtags, links, newlines, utf8_bytes
from oyez.networks._given import address, domain, identifier, token
from oyez.networks._given import moment as parsed
from oyez.networks._http import Complaint, Request
from oyez.networks._servers import clean, host_of, refused
from oyez.networks.bluesky import embed
from oyez.networks.contract import Message, NetworkError, Refused, Seen, SignedOut

COLLECTION = "app.bsky.feed.post"
REPOSTS = "app.bsky.feed.repost"
PAGE = 100
A_DAY = 86_400  # seconds
_NEVER = 2**53
_BASE32 = "234567abcdefghijklmnopqrstuvwxyz"
_STALE = {"ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired"}
_CLOSED = {"AccountTakedown", "AccountDeactivated", "AccountSuspended", "RepoDeactivated"}
_LONGEST_TAG = 64
_LONGEST_DID = 299  # it may have to serve as the handle, behind an @


class Stale(SignedOut):
    """The access token has run out or is wrong: a fresh one may do."""


class Taken(Refused):
    """Another record stands under our key."""


class Missing(Refused):
    """There is no such record (any more)."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in. The tokens are empty where the answer holds none."""

    did: str
    handle: str
    active: bool
    access: str = ""
    refresh: str = ""


def create_session(server: str, identifier: str, password: str) -> Request:
    body = {"identifier": identifier, "password": password}
    return Request("POST", _method(server, "server.createSession"), {}, body)


def refresh_session(server: str, refresh: str) -> Request:
    return Request("POST", _method(server, "server.refreshSession"), _bearer(refresh))


def get_session(server: str, access: str) -> Request:
    return Request("GET", _method(server, "server.getSession"), _bearer(access))


def put_record(
    server: str,
    access: str,
    did: str,
    message: Message,
    key: str,
    files: Sequence[embed.File] = (),
    reply: object = None,
) -> Request:
    """Write our record. A null swapRecord never overwrites; the same bytes again change nothing."""
    body = {
        "repo": did,
        "collection": COLLECTION,
        "rkey": tid(key, message.made_at),
        "record": record(message, files, reply),
        "swapRecord": None,
    }
    return Request("POST", _method(server, "repo.putRecord"), _bearer(access), body, writes=True)


def delete_record(server: str, access: str, did: str, rkey: str) -> Request:
    """Deleting what is not there is done as well."""
    body = {"repo": did, "collection": COLLECTION, "rkey": rkey}
    return Request("POST", _method(server, "repo.deleteRecord"), _bearer(access), body, writes=True)


def upload_blob(server: str, access: str, content: bytes, kind: str) -> Request:
    """Bring a file. Nobody sees it before a record names it, so this writes nothing."""
    headers = {**_bearer(access), "Content-Type": kind}
    return Request("POST", _method(server, "repo.uploadBlob"), headers, body=content)


def get_record(server: str, did: str, rkey: str) -> Request:
    query = urlencode({"repo": did, "collection": COLLECTION, "rkey": rkey})
    return Request("GET", f"{_method(server, 'repo.getRecord')}?{query}")


def list_records(server: str, did: str, collection: str, cursor: str = "") -> Request:
    """The newest of one kind in our repository, or those below `cursor`; newest is what has the
    highest key.
    """
    asked = {"repo": did, "collection": collection, "limit": str(PAGE)}
    query = urlencode(asked | ({"cursor": cursor} if cursor else {}))
    return Request("GET", f"{_method(server, 'repo.listRecords')}?{query}")


def latest_commit(server: str, did: str) -> Request:
    """It changes with every write, whatever is written."""
    return Request("GET", f"{_method(server, 'sync.getLatestCommit')}?{urlencode({'did': did})}")


def revision(data: Any) -> str:
    """How new a commit is; empty where the answer holds none."""
    return identifier(data.get("rev"), 100) if isinstance(data, dict) else ""


def blocks_since(server: str, did: str, revision: str) -> Request:
    """A CAR file of what was written after that commit."""
    query = urlencode({"did": did, "since": revision})
    return Request("GET", f"{_method(server, 'sync.getRepo')}?{query}", raw=True)


def delete_session(server: str, refresh: str) -> Request:
    return Request("POST", _method(server, "server.deleteSession"), _bearer(refresh), silent=True)


def list_app_passwords(server: str, access: str) -> Request:
    return Request("GET", _method(server, "server.listAppPasswords"), _bearer(access))


def revoke_app_password(server: str, access: str, name: str) -> Request:
    """It opens nothing from now on, and neither do the refresh tokens it gave."""
    method = _method(server, "server.revokeAppPassword")
    return Request("POST", method, _bearer(access), {"name": name}, silent=True)


def app_passwords(data: Any) -> Sequence[str]:
    """Their names; nothing where the answer makes no sense."""
    found = data.get("passwords") if isinstance(data, dict) else None
    names = [one.get("name") for one in found or () if isinstance(one, dict)]
    return [name for name in names if isinstance(name, str) and name]


def records(data: Any) -> Sequence[Mapping[str, Any]]:
    """Those of a page that say where they are."""
    found = data.get("records") if isinstance(data, dict) else None
    return [one for one in found or () if written(one)]


def cursor(data: Any) -> str:
    """Below which the next page begins; empty after the last."""
    return identifier(data.get("cursor")) if isinstance(data, dict) else ""


def seen(data: Any, handle: str) -> Sequence[Seen]:
    """The posts and reposts of a page of records."""
    return [_seen(one, handle) for one in records(data)]


def _seen(one: Mapping[str, Any], handle: str) -> Seen:
    uri = written(one)
    value = one["value"] if isinstance(one.get("value"), dict) else {}
    boost = f"/{REPOSTS}/" in uri
    subject = value.get("subject")
    words = subject.get("uri") if boost and isinstance(subject, dict) else value.get("text")
    url = f"https://bsky.app/profile/{handle}" if boost else post_url(handle, uri)
    marks = _second(uri, _NEVER) < clock.now().timestamp() + A_DAY
    at, stands = parsed(value.get("createdAt")), version(one)
    return Seen(uri, clean(words), address(url), at, boost, marks, stands)


def key_of(uri: str) -> str:
    """The last part of an address: what a repository sorts by."""
    return uri.rpartition("/")[2]


def record(
    message: Message, files: Sequence[embed.File] = (), reply: object = None
) -> dict[str, Any]:
    """The post, byte for byte the same for the same message and files."""
    text = newlines(message.text)
    tags = [tag for tag in hashtags(text) if graphemes(tag.text) <= _LONGEST_TAG + 1]
    facets = [_facet(text, span, "link", "uri", span.text) for span in links(text, message.link)]
    facets += [_facet(text, tag, "tag", "tag", tag.text[1:]) for tag in tags]
    post: dict[str, Any] = {"$type": COLLECTION, "text": text, "createdAt": moment(message.made_at)}
    post |= {"langs": [message.language]} if message.language else {}
    post |= {"facets": facets} if facets else {}
    post |= {"embed": embed.of(files)} if files else {}
    return post | ({"reply": reply} if reply else {})


def tid(key: str, made_at: datetime) -> str:
    """A record key in the form the protocol wants: 13 signs, microseconds then a clock number.

    The second is the message's; what follows comes from the delivery's key, so that two deliveries
    of one message get two keys and a repeated one gets the same.
    """
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    micros = int(made_at.timestamp()) * 1_000_000 + (digest >> 10) % 1_000_000
    number = (micros & (2**53 - 1)) << 10 | digest & 1023
    return "".join(_BASE32[number >> shift & 31] for shift in range(60, -1, -5))


def is_newer(uri: str, since: str) -> bool:
    """Might it be newer than `since`? Of two keys of ours the second tells, and no more than that;
    a key that is none of the protocol's may be anything.
    """
    return uri != since and _second(uri, _NEVER) >= _second(since, 0)


def _second(uri: str, otherwise: int) -> int:
    """Since 1970, from the key of a record."""
    key = key_of(uri)
    if len(key) != 13 or not set(key) <= set(_BASE32):
        return otherwise
    number = 0
    for letter in key:
        number = number << 5 | _BASE32.index(letter)
    return (number >> 10) // 1_000_000


def moment(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as the lexicon wants it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def session(data: Any) -> Session | None:
    """Who is signed in, or None where this is no session."""
    did = identifier(data.get("did"), _LONGEST_DID) if isinstance(data, dict) else ""
    if not did.startswith("did:"):
        return None
    handle = domain(data.get("handle"))
    return Session(
        did,
        did if handle in {"", "handle.invalid"} else handle,
        data.get("active") is not False,
        token(data.get("accessJwt")),
        token(data.get("refreshJwt")),
    )


def written(data: Any) -> str:
    """The at:// address of the record, or an empty string where the answer holds none."""
    uri = identifier(data.get("uri")) if isinstance(data, dict) else ""
    return uri if uri.startswith("at://") else ""


def version(data: Any) -> str:
    """The hash of the record, by which its bytes are known; or an empty string."""
    return identifier(data.get("cid"), 100) if isinstance(data, dict) else ""


def parts(uri: str) -> tuple[str, str]:
    """Whose a post is, and its key. Raises Refused where this is no address of a post."""
    did, _, rest = uri.removeprefix("at://").partition("/")
    collection, _, rkey = rest.partition("/")
    if not uri.startswith("at://did:") or collection != COLLECTION or not rkey or "/" in rkey:
        raise Refused("This is not the address of a post here.")
    return did, rkey


def reply_to(data: Any) -> dict[str, Any] | None:
    """How a reply names the post it answers and the first of its thread; None for no post."""
    parent = _named(data)
    value = data.get("value") if isinstance(data, dict) else None
    answered = value.get("reply") if isinstance(value, dict) else None
    root = _named(answered.get("root")) if isinstance(answered, dict) else None
    return {"root": root or parent, "parent": parent} if parent else None


def post_url(handle: str, uri: str) -> str:
    """Where people see the record; empty where its key makes no address."""
    return address(f"https://bsky.app/profile/{handle}/post/{uri.rpartition('/')[2]}")


def complaint(title: str, server: str) -> Complaint:
    """The reading of a 4xx: the error's name decides, since a dead token can be 400 or 401."""

    def read(status: int, data: Mapping[str, Any]) -> NetworkError:
        name, host = str(data.get("error", "")), host_of(server)
        if name == "AuthFactorTokenRequired":
            return SignedOut(f"{host} wants a code by e-mail. Use an app password instead.")
        if name in _CLOSED:
            return SignedOut(f"{host} has closed this account ({name}). Sign in there to see why.")
        if name in _STALE or status == 401:
            return Stale(f"{host} does not accept our sign-in. Link {title} again.")
        if name == "RecordNotFound":
            return Missing(f"{host} has no such post.")
        if name == "InvalidSwap":
            return Taken(f"{host} already has another post under this message's key.")
        return refused(host, clean(data.get("message")) or name)

    return read


def _named(data: Any) -> dict[str, str] | None:
    cid = identifier(data.get("cid")) if isinstance(data, dict) else ""
    uri = written(data)
    return {"uri": uri, "cid": cid} if uri and cid else None


def _facet(text: str, span: Span, kind: str, field: str, value: str) -> dict[str, Any]:
    """Facets count bytes of UTF-8, not characters."""
    start = utf8_bytes(text[: span.start])
    return {
        "index": {"byteStart": start, "byteEnd": start + utf8_bytes(span.text)},
        "features": [{"$type": f"app.bsky.richtext.facet#{kind}", field: value}],
    }


def _method(server: str, name: str) -> str:
    return f"{server}/xrpc/com.atproto.{name}"


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
