"""What may a message begin from?"""

from __future__ import annotations

from django.db.models import QuerySet

from oyez.ledger.actor import Refusal
from oyez.posts.models import Template


def templates(kind: str = "") -> QuerySet[Template]:
    """Words to begin with, by name; `kind` is “template” or “holding”."""
    found = Template.objects.filter(retired_at=None).order_by("name")
    return found.filter(kind=kind) if kind else found


def template(pk: int) -> Template:
    found = templates().filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no template {pk}.")
    return found
