"""What does the practice network answer? The JSON shapes of Mastodon's client API. No effects.

Source: the published API reference (entities Status, Account, Instance). What practice does not
have (films, favourites, followers) is an empty list or a zero, as the reference wants it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from oyez.practice import rules
from oyez.practice.models import Account, Note, Picture
from oyez.practice.wording import as_html

VERSION = "4.3.0 (compatible; Oyez practice)"
TITLE = "Oyez practice"
ABOUT = "A pretend network for practice. Nothing on it leaves this machine."

Shape = dict[str, Any]


def status(note: Note, base: str) -> Shape:
    """A note. `base` is this server's address without a slash at the end."""
    address = f"{base}/@{note.account.username}/{note.pk}"
    parent = note.reply_to
    return {
        "id": str(note.pk),
        "created_at": _stamp(note.made_at),
        "in_reply_to_id": str(parent.pk) if parent else None,
        "in_reply_to_account_id": str(parent.account_id) if parent else None,
        "sensitive": note.sensitive,
        "spoiler_text": note.warning,
        "visibility": note.visibility,
        "language": note.language or None,
        "uri": address,
        "url": address,
        "content": as_html(note.text),
        "account": account(note.account, base),
        "edited_at": _stamp(note.edited_at) if note.edited_at else None,
        "media_attachments": [attachment(picture, base) for picture in note.pictures.all()],
        "reblog": None,
        "poll": None,
        "card": None,
        **dict.fromkeys(("replies_count", "reblogs_count", "favourites_count"), 0),
        **dict.fromkeys(("favourited", "reblogged", "muted", "bookmarked", "pinned"), False),
        **{name: [] for name in ("mentions", "tags", "emojis")},
    }


def attachment(picture: Picture, base: str) -> Shape:
    address = base + picture_path(picture)
    x, _, y = picture.focus.partition(",")
    return {
        "id": str(picture.pk),
        "type": "image",
        "url": address,
        "preview_url": address,
        "remote_url": None,
        "description": picture.description or None,
        "blurhash": None,
        "meta": {"focus": {"x": float(x), "y": float(y)}} if picture.focus else {},
    }


def picture_path(picture: Picture) -> str:
    """Where its bytes are."""
    return f"/picture/{picture.pk}.{rules.KINDS[picture.kind][1]}"


def source(note: Note) -> Shape:
    """The words as they were sent."""
    return {"id": str(note.pk), "text": note.text, "spoiler_text": note.warning}


def account(who: Account, base: str) -> Shape:
    address = f"{base}/@{who.username}"
    picture = f"{base}/static/oyez/icon.svg"
    return {
        "id": str(who.pk),
        "username": who.username,
        "acct": who.username,
        "display_name": who.name,
        "created_at": _stamp(who.made_at),
        "last_status_at": None,
        "note": "",
        "url": address,
        "uri": address,
        **dict.fromkeys(("avatar", "avatar_static", "header", "header_static"), picture),
        **dict.fromkeys(("followers_count", "following_count", "statuses_count"), 0),
        **dict.fromkeys(("locked", "bot", "group", "discoverable", "indexable"), False),
        **{name: [] for name in ("emojis", "fields", "roles")},
    }


def own_account(who: Account, base: str, language: str) -> Shape:
    """An account as its owner sees it."""
    ours: Shape = {"privacy": "public", "language": language, "note": "", "fields": []}
    ours |= {"sensitive": False, "indexable": False, "follow_requests_count": 0}
    role = {"id": "-99", "name": "", "permissions": "0", "color": "", "highlighted": False}
    return {**account(who, base), "source": ours, "role": role}


def instance(base: str, host: str, language: str) -> Shape:
    """The server, version 2 of the answer."""
    return {
        "domain": host,
        "title": TITLE,
        "version": VERSION,
        "source_url": "",
        "description": ABOUT,
        "usage": {"users": {"active_month": 0}},
        "thumbnail": {"url": f"{base}/static/oyez/icon.svg"},
        "icon": [],
        "languages": [language],
        "configuration": _limits(),
        "registrations": {"enabled": False, "approval_required": False, "message": None},
        "api_versions": {"mastodon": 2},
        "contact": {"email": "", "account": None},
        "rules": [],
    }


def instance_v1(base: str, host: str, language: str) -> Shape:
    """The server, as older clients ask for it."""
    return {
        "uri": host,
        "title": TITLE,
        "version": VERSION,
        "short_description": ABOUT,
        "description": ABOUT,
        "email": "",
        "urls": {"streaming_api": base},  # has to be there; nothing streams
        "stats": {"user_count": 0, "status_count": 0, "domain_count": 0},
        "thumbnail": f"{base}/static/oyez/icon.svg",
        "languages": [language],
        "registrations": False,
        "approval_required": False,
        "invites_enabled": False,
        "configuration": _limits(),
        "contact_account": None,
        "rules": [],
    }


def _limits() -> Shape:
    return {
        "urls": {},
        "accounts": {"max_featured_tags": 0, "max_pinned_statuses": 0},
        "statuses": {
            "max_characters": rules.CHARACTERS,
            "max_media_attachments": rules.PICTURES,
            "characters_reserved_per_url": rules.PER_LINK,
        },
        "media_attachments": {
            "supported_mime_types": list(rules.KINDS),
            "description_limit": rules.DESCRIPTION,
            "image_size_limit": rules.PICTURE_BYTES,
            "image_matrix_limit": rules.PICTURE_PIXELS,
            **{f"video_{name}_limit": 0 for name in ("size", "matrix")},
            "video_frame_rate_limit": 0,
        },
        "polls": {
            "max_options": 0,
            "max_characters_per_option": 0,
            "min_expiration": 0,
            "max_expiration": 0,
        },
        "translation": {"enabled": False},
    }


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
