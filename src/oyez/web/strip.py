"""What must everybody see above the navigation? Red while sending is stopped, yellow while practising."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Strip:
    """One band of colour and one sentence: `bold` says what is on, `rest` what it means, `link` where to go."""

    kind: Literal["stop", "practice"]
    bold: str
    rest: str = ""
    link: str = ""
    href: str = ""


Provider = Callable[[HttpRequest], Strip | None]
"""Asked on every full page of a signed-in person; answers None when there is nothing to say."""

_providers: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Ask `provider` on every page from now on. Can stand above a function as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def gather(request: HttpRequest, providers: Iterable[Provider]) -> list[Strip]:
    """The strips of this moment, a stop first. Strangers see none: what we are stopping is our business."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    said = [strip for provider in providers if (strip := provider(request))]
    return sorted(said, key=lambda strip: strip.kind != "stop")


def strip(request: HttpRequest) -> dict[str, Any]:
    """Context processor. The question is put only when a template asks it, so fragments cost nothing."""
    return {"strips": partial(gather, request, _providers)}
