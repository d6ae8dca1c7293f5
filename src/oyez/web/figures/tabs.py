"""Which lists does the political register have?"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from oyez.partners import queries
from oyez.web.places import Shown


def tabs(current: str) -> list[Shown]:
    """People and parties, and topics."""
    lists = (
        ("figures:list", _("People and parties"), queries.figures().count()),
        ("figures:topics", _("Topics"), queries.topics().count()),
    )
    return [
        Shown(label, reverse(name), "page" if name == current else "", count)
        for name, label, count in lists
    ]
