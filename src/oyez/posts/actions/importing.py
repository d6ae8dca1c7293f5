"""Importing a table of messages: a draft for each good line."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from oyez.ledger.actor import Actor
from oyez.posts.actions.editing import start
from oyez.posts.importing import Line
from oyez.posts.models import Post


def import_lines(lines: Iterable[Line], *, by: Actor) -> list[Post]:
    """Make a draft of each line that has one (see queries.read_table); all of them or none."""
    with transaction.atomic():
        return [start(line.draft, by=by) for line in lines if line.draft]
