"""What must everybody see on every page? Red while sending is stopped or the disk is full, blue in
a sensitive period, yellow in practice and while the disk fills.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Strip:
    """A band of colour: `bold` says what is on, `rest` what it means, `href` where to go."""

    kind: Literal["stop", "period", "practice", "full", "low"]
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
    """The strips of this moment, a stop first. None for strangers: it is the house's business."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    said = [strip for provider in providers if (strip := provider(request))]
    return sorted(said, key=lambda strip: strip.kind not in {"stop", "full"})


def strip(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Asked only when a template draws strips, so fragments cost nothing."""
    return {"strips": partial(gather, request, _providers)}
