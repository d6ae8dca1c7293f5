"""Under which name do browsers know the house? Passkeys are bound to it (WebAuthn §5.1.3)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from oyez.kit.addresses import is_of_digits

LOCAL = "localhost"  # the one name that needs no TLS


def origin(request: HttpRequest) -> str:
    """https://social.example.gov.uk, or http://localhost:8000; empty where passkeys cannot be: an
    address of digits, or a name without TLS.
    """
    parts = urlsplit(settings.OYEZ.url or f"{request.scheme}://{request.get_host()}")
    safe = parts.scheme == "https" and not is_of_digits(parts.hostname or "")
    ours = settings.OYEZ.url or parts.hostname == LOCAL  # else any Host would do
    return f"{parts.scheme}://{parts.netloc}" if ours and (safe or parts.hostname == LOCAL) else ""


def host(request: HttpRequest) -> str:
    return urlsplit(origin(request)).hostname or ""
