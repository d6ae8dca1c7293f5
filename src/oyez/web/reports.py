"""What did a browser refuse to do on our pages? Reports of broken content security, counted.

Anybody can send them, so nothing of them is kept but the first of each kind: one line in the log,
and their number for /health. https://www.w3.org/TR/CSP3/#reporting
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from oyez.kit.text import reveal
from oyez.web.guard import open_to_all

log = logging.getLogger(__name__)

MOST_BYTES = 16_384
MOST_KINDS = 50
"""Of one process, until it is started again: who sends more kinds is making them up."""


class Kinds:
    """The kinds of report that this process has heard of."""

    def __init__(self) -> None:
        self._known: set[tuple[str, str, str]] = set()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._known)

    def is_new(self, kind: tuple[str, str, str]) -> bool:
        with self._lock:
            if kind in self._known or len(self._known) >= MOST_KINDS:
                return False
            self._known.add(kind)
            return True

    def forget(self) -> None:
        self._known.clear()


kinds = Kinds()


@csrf_exempt
@require_POST
@open_to_all
def take(request: HttpRequest) -> HttpResponse:
    """Note the kinds of report that are new. The answer is the same whatever was sent."""
    for kind in _kinds(request):
        if kinds.is_new(kind):
            log.warning("A browser refused something: %s on %s (%s).", *kind)
    return HttpResponse(status=204)


def _kinds(request: HttpRequest) -> Iterator[tuple[str, str, str]]:
    """Directive, page and what was refused, of each report: old and new ways of sending them."""
    content = request.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return
    for one in told[:10] if isinstance(told, list) else [told]:
        body = one.get("csp-report") or one.get("body") if isinstance(one, dict) else None
        if isinstance(body, dict):
            yield _kind(body)


def _kind(body: Mapping[str, Any]) -> tuple[str, str, str]:
    directive = _said(body, "effective-directive", "effectiveDirective", "violated-directive")
    page = _path(_said(body, "document-uri", "documentURL"))
    blocked = _said(body, "blocked-uri", "blockedURL")
    return directive.split(" ")[0][:40], page[:100], _origin(blocked)[:100]


def _said(body: Mapping[str, Any], *names: str) -> str:
    """The first of these that is there, fit for a log: one line, nothing hidden."""
    found = next((body[name] for name in names if isinstance(body.get(name), str)), "")
    return " ".join(reveal(str(found)[:500]).split())


def _path(address: str) -> str:
    """Of an address the page alone: what is asked of it may tell of a person."""
    return f"/{address.partition('://')[2].partition('/')[2]}".partition("?")[0].partition("#")[0]


def _origin(blocked: str) -> str:
    """Of an address no more than its site: the rest may tell of a person."""
    scheme, colon, rest = blocked.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if colon else blocked
