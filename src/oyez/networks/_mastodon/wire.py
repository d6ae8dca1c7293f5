"""What goes over the wire to a server with Mastodon's client API, and what comes back? Pure.

Source: the published API reference (methods statuses, media, accounts and instance).
Other servers with this API differ in small ways, which are noted where they matter.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from mimetypes import guess_extension
from typing import Any
from urllib.parse import quote, urlencode

import regex

from oyez.kit.fetch import Upload
from oyez.kit.text import newlines
from oyez.networks._given import address, identifier, moment
from oyez.networks._http import Complaint, Request
from oyez.networks._servers import clean, host_of, refused
from oyez.networks.contract import Media, Message, NetworkError, Receipt, Refused, Seen, SignedOut

PAGE = 40
_LONGEST_PROFILE = 500
_LONGEST_NAME = 300
_TOKEN_WORDS = regex.compile(
    r"scope|token|log ?in|authenti|authori|disabled|suspended|permission", regex.IGNORECASE
)


class Missing(Refused):
    """There is nothing (any more) at this address."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who a token belongs to. What cannot be kept of it is an empty string."""

    id: str
    username: str
    url: str


def post_status(
    server: str, token: str, message: Message, key: str, files: Sequence[str] = ()
) -> Request:
    """Send, with the ids of the files already there.

    The visibility is always said: some servers default to unlisted.
    """
    body = {**_said(message), "visibility": "public"}
    body |= {"media_ids": list(files)} if files else {}
    body |= {"in_reply_to_id": message.answers} if message.answers else {}
    headers = {**_bearer(token), "Idempotency-Key": key}
    return Request("POST", f"{server}/api/v1/statuses", headers, body, writes=True)


def edit_status(
    server: str, token: str, status_id: str, message: Message, files: Sequence[str]
) -> Request:
    """Replace what it says and shows. Files it had and that are not named are taken away."""
    body = {**_said(message), "media_ids": list(files)}
    return Request("PUT", _status(server, status_id), _bearer(token), body, writes=True)


def delete_status(server: str, token: str, status_id: str) -> Request:
    """Its files at once too (4.4 and later; others let them go within a day)."""
    path = f"{_status(server, status_id)}?delete_media=true"
    return Request("DELETE", path, _bearer(token), writes=True)


def status(server: str, token: str, status_id: str) -> Request:
    return Request("GET", _status(server, status_id), _bearer(token))


def upload(server: str, token: str, one: Media, content: bytes) -> Request:
    """Bring a file. Nobody sees it before a status names it, so this writes nothing.

    Its own name stays at home: it may say more than the picture.
    """
    form = {"description": newlines(one.alt)} if one.alt else {}
    form |= {"focus": "{:.2f},{:.2f}".format(*one.focus)} if one.focus else {}
    name = f"media{guess_extension(one.kind) or ''}"
    files = {"file": Upload(name, content, one.kind)}
    return Request("POST", f"{server}/api/v2/media", _bearer(token), form=form, files=files)


def media(server: str, token: str, media_id: str) -> Request:
    return Request("GET", f"{server}/api/v1/media/{quote(media_id)}", _bearer(token))


def upload_nothing(server: str, token: str) -> Request:
    """Bring no file: a token that may upload is told that one is missing, any other gets 403."""
    return Request("POST", f"{server}/api/v2/media", _bearer(token), form={})


def who_am_i(server: str, token: str) -> Request:
    return Request("GET", f"{server}/api/v1/accounts/verify_credentials", _bearer(token))


def instance(server: str, token: str, version: int) -> Request:
    return Request("GET", f"{server}/api/v{version}/instance", _bearer(token))


def revoke(server: str, client_id: str, client_secret: str, token: str) -> Request:
    """End a token. Only the application it was made for may."""
    who = {"client_id": client_id, "client_secret": client_secret}
    return Request("POST", f"{server}/oauth/revoke", form={**who, "token": token}, silent=True)


def delete_nothing(server: str, token: str) -> Request:
    """Delete a status that cannot exist: only a token that may write is answered with 404."""
    return Request("DELETE", f"{server}/api/v1/statuses/0", _bearer(token))


def status_source(server: str, token: str, status_id: str) -> Request:
    """The words of a status as they were typed (Mastodon 3.5 and later)."""
    return Request("GET", f"{_status(server, status_id)}/source", _bearer(token))


def own_statuses(
    server: str,
    token: str,
    account: str,
    *,
    since: str = "",
    before: str = "",
    limit: int = PAGE,
    boosts: bool = False,
) -> Request:
    """The account's own posts and replies, newest first. Ids are opaque: digits, or ULIDs."""
    query = {"exclude_reblogs": "false" if boosts else "true", "limit": str(limit)}
    query |= {"since_id": since} if since else {}
    query |= {"max_id": before} if before else {}
    path = f"{server}/api/v1/accounts/{quote(account)}/statuses"
    return Request("GET", f"{path}?{urlencode(query)}", _bearer(token))


def language(tag: str) -> str:
    """The two-letter language: servers know few regions, and only Chinese needs its own."""
    return tag if tag.lower().startswith("zh-") else tag.split("-")[0].lower()


def account(data: Any) -> Account | None:
    """Who we are, or None where this is no Account."""
    if not isinstance(data, dict) or not data.get("id") or not data.get("username"):
        return None
    username = identifier(data["username"], _LONGEST_NAME)
    return Account(
        identifier(data["id"], _LONGEST_NAME), username, address(data.get("url"), _LONGEST_PROFILE)
    )


def uploaded(data: Any) -> tuple[str, bool] | None:
    """The id of a file that is there, and whether it can be shown yet: until then it has no url.

    None where this is no MediaAttachment.
    """
    media_id = identifier(data.get("id")) if isinstance(data, dict) else ""
    return (media_id, bool(data.get("url"))) if media_id else None


def receipt(data: Any, server: str) -> Receipt | None:
    """Proof that a status stands, or None where this is no Status or has no id to keep."""
    status_id = identifier(data.get("id")) if isinstance(data, dict) else ""
    if not status_id:
        return None
    name = identifier(_dig(data, "account").get("username"), _LONGEST_NAME)
    page = f"{server}/@{name}/{status_id}" if name else f"{server}/statuses/{status_id}"
    return Receipt(status_id, address(data.get("url")) or address(page), version(data))


def version(data: Mapping[str, Any]) -> str:
    """When it was last changed, as the server writes it: when it was made, where it never was."""
    return edited(data) or identifier(data.get("created_at"), 100)


def edited(data: Mapping[str, Any]) -> str:
    """When it was last changed, as the server writes it; empty where it does not say."""
    return identifier(data.get("edited_at"), 100)


Version = Callable[[Mapping[str, Any]], str]


def statuses(data: Any) -> Sequence[Mapping[str, Any]] | None:
    """The statuses of a page, or None where this is none.

    An id is text from here on, and empty where it cannot be kept.
    """
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        return None
    return [{**one, "id": identifier(one.get("id"))} for one in data]


def seen(data: Mapping[str, Any], server: str) -> Seen | None:
    """A status of ours as people see it, or None where it has no id to keep."""
    passed_on = data.get("reblog")
    shows = passed_on if isinstance(passed_on, dict) else data
    stands = receipt(data, server)
    if stands is None:
        return None
    return Seen(
        stands.remote_id,
        clean(html.unescape(clean(shows.get("content")))),
        address(shows.get("url")) or stands.url,
        moment(data.get("created_at")),
        boost=shows is passed_on,
        version=stands.version,
    )


def newer(one: str, other: str) -> bool:
    """Is the id `one` younger than `other`? Digits grow as numbers, ULIDs as text of one length."""
    return (len(one), one) > (len(other), other)


def complaint(title: str, server: str) -> Complaint:
    """The reading of a 4xx: whose token is dead, and whose message is at fault."""

    def read(status: int, data: Mapping[str, Any]) -> NetworkError:
        said, host = clean(data.get("error_description") or data.get("error")), host_of(server)
        if status == 401:
            return SignedOut(f"{host} does not accept our access token. Link {title} again.")
        if status == 403 and _TOKEN_WORDS.search(said):
            return SignedOut(
                f"{host} does not let our access token do this ({said}). Link {title} again."
            )
        if status in {404, 410}:
            return Missing(str(refused(host, said)))
        return refused(host, said)

    return read


def _said(message: Message) -> dict[str, Any]:
    tongue = {"language": language(message.language)} if message.language else {}
    return {"status": newlines(message.text), **tongue}


def _status(server: str, status_id: str) -> str:
    return f"{server}/api/v1/statuses/{quote(status_id, safe='')}"


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def _dig(data: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    for name in names:
        found = data.get(name)
        data = found if isinstance(found, dict) else {}
    return data
