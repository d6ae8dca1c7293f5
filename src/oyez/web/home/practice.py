"""Is anything real yet? Until a channel outside is linked, a yellow strip says: practice."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from oyez.channels import queries as channels
from oyez.web.strip import Strip, provide


@provide
def strip(request: HttpRequest) -> Strip | None:
    """On every page until the first channel on a real network is linked; never without practice."""
    if not settings.OYEZ.practice or channels.real().exists():
        return None
    return Strip(
        "practice",
        _("Practice is on."),
        _("Nobody outside sees what you send."),
        _("Look at the practice wall"),
        settings.OYEZ.practice_url,
    )
