"""In which language does a page speak? English, and Welsh where every word of a place is there.

A page is never half one and half the other: where a place has no Welsh yet, its frame (header,
places, strips, foot) is Welsh and the page itself English, and each says so in its `lang`, so that
a screen reader reads out both rightly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

ENGLISH = "en-gb"
WHOLE = ("signin", "account", "write")
"""The places whose every text is in the catalogues; `./run texts` gathers just those."""

View = Callable[..., HttpResponse]


class InTheirLanguage:
    """Middleware, in the place of Django's: sets the language of the page and of its frame.

    What somebody chose for themselves wins, then the choice in this browser, then what the browser
    prefers. A page for all that has no other language asks nobody, so that caches may keep it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(preferred(request)):  # for what fails before a view is found
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or ENGLISH)
        if getattr(request, "language_mattered", True):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        whole = _namespace(request) in WHOLE
        for_all = not getattr(view, "login_required", True)
        request.language_mattered = whole or not for_all  # type: ignore[attr-defined]
        if for_all and not whole:
            _speak(request, ENGLISH)
        else:
            _speak(request, preferred(request) if for_all else of_person(request), whole=whole)


def _speak(request: HttpRequest, frame: str, *, whole: bool = True) -> None:
    request.frame_language = frame  # type: ignore[attr-defined]
    translation.activate(frame if whole else ENGLISH)


def _namespace(request: HttpRequest) -> str:
    return request.resolver_match.namespace if request.resolver_match else ""


def preferred(request: HttpRequest) -> str:
    """Chosen in this browser, or what it asks for; asks nobody who they are."""
    return translation.get_language_from_request(request)


def of_person(request: HttpRequest) -> str:
    """What the signed-in person chose for themselves, on whatever machine."""
    chosen = str(getattr(request.user, "language", ""))
    return chosen if chosen in dict(settings.LANGUAGES) else preferred(request)


def of_frame(request: HttpRequest | None) -> str:
    """The language of header, places and foot; a page without a request (500) has one only."""
    return getattr(request, "frame_language", "") or translation.get_language() or ENGLISH
