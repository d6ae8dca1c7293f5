"""Which address does a static file have? One that changes with its bytes."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

HTMX = "oyez/htmx-4.0.1.min.js"


@cache
def address(name: str) -> str:
    """The address of `name` under static/, with digits of its digest; a missing file raises."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(
            f"The static file {name} is missing: build the theme with theme/build."
        )
    return f"{static(name)}?v={sha256(Path(found).read_bytes()).hexdigest()[:8]}"
