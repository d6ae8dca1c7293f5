"""Under which name do browsers know the house? Passkeys are bound to it (WebAuthn §5.1.3)."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

LOCAL = "localhost"  # the one name that needs no TLS


def origin(request: HttpRequest) -> str:
    """https://social.example.gov.uk, or http://localhost:8000; empty where passkeys cannot be: an
    address of digits, or a name without TLS.
    """
    parts = urlsplit(settings.OYEZ.url or f"{request.scheme}://{request.get_host()}")
    safe = parts.scheme == "https" and not _of_digits(parts.hostname or "")
    ours = settings.OYEZ.url or parts.hostname == LOCAL  # else any Host would do
    return f"{parts.scheme}://{parts.netloc}" if ours and (safe or parts.hostname == LOCAL) else ""


def host(request: HttpRequest) -> str:
    return urlsplit(origin(request)).hostname or ""


def _of_digits(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
