"""Are these words fit to keep? One sentence says what is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from oyez.kit.text import reveal

MOST = 100  # entries of one list
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_an_address = URLValidator(schemes=["http", "https"])


def tidied(entries: Iterable[str]) -> list[str]:
    """On one line each, without spaces around, empty ones, and the same twice."""
    return list(dict.fromkeys(" ".join(entry.split()) for entry in entries if entry.strip()))


def too_long(given: Mapping[str, str], longest: Mapping[str, int]) -> str:
    for name, text in given.items():
        if len(text) > longest[name]:
            return f"The {name} is too long: use {longest[name]:,} characters or fewer."
        if "\0" in text:
            return f"The {name} has a character that cannot be kept. Write it anew."
    return ""


def wrong_list(name: str, entries: Iterable[str]) -> str:
    """More than anybody means, too long, or with characters nobody sees."""
    found = list(entries)
    if len(found) > MOST:
        return f"There are more than {MOST} {name}. Keep those that matter."
    for entry in found:
        if len(entry) > 200 or reveal(entry) != entry:
            return f"“{reveal(entry)[:50]}” cannot be one of the {name}. Write it anew."
    return ""


def wrong_handles(handles: Iterable[str]) -> str:
    for handle in handles:
        if any(sign.isspace() for sign in handle):
            return f"“{reveal(handle)[:50]}” is no handle: it has a space. Give one a line."
    return ""


def wrong_domains(domains: Iterable[str]) -> str:
    for domain in domains:
        if not _DOMAIN.fullmatch(domain):
            return f"“{reveal(domain)[:50]}” is no domain. Give it as example.org."
    return ""


def wrong_feeds(feeds: Iterable[str]) -> str:
    for feed in feeds:
        try:
            _an_address(feed)
        except ValidationError:
            return f"“{reveal(feed)[:50]}” is no web address. Give it whole, with https://."
    return ""


def wrong_email(address: str) -> str:
    try:
        if address:
            validate_email(address)
    except ValidationError:
        return "Give an e-mail address, such as name@example.org."
    return ""
