"""From which machine does somebody come? As the reverse proxy says, which uvicorn believes."""

from __future__ import annotations

from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR") or "unknown"
