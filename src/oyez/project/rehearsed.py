"""What is in a house that was brought back for a rehearsal? One line of JSON, as a program."""

from __future__ import annotations

import json

import django

django.setup()

from oyez.channels.models import Channel  # noqa: E402  (Django first)
from oyez.deliveries import rules  # noqa: E402
from oyez.deliveries.models import Delivery  # noqa: E402
from oyez.emergency.rules import BY_RESTORE  # noqa: E402
from oyez.feeds.models import Feed  # noqa: E402
from oyez.ledger.models import Event  # noqa: E402
from oyez.ledger.queries import verify  # noqa: E402
from oyez.ledger.sealing import keeping  # noqa: E402
from oyez.library.models import Blob  # noqa: E402
from oyez.people.models import Person  # noqa: E402
from oyez.posts.models import Post  # noqa: E402

COUNTED = {
    "people": Person,
    "channels": Channel,
    "feeds": Feed,
    "messages": Post,
    "deliveries": Delivery,
    "pictures": Blob,
    "events": Event,
}


def report() -> dict[str, object]:
    """How much of everything, what would be looked for, and how many secrets open."""
    ours = Event.objects.exclude(by_kind="console", by_id=BY_RESTORE)  # not this very restore
    newest = ours.order_by("-at").values_list("at", flat=True).first()
    opens = [kept.is_open(row) for kept in keeping() for row in kept.rows()]
    marked = Delivery.objects.filter(evidence__has_key=rules.RESTORED, state=rules.WAITING)
    return {
        **{name: model._default_manager.count() for name, model in COUNTED.items()},
        "newest": newest.isoformat(timespec="seconds") if newest else "",
        "to_look_for": marked.count(),
        **_record(),
        "secrets": len(opens),
        "secrets_that_open": sum(opens),
    }


def _record() -> dict[str, object]:
    """Its own chain alone: what was noted outside the database tells of the house, not of a copy
    of it from another day.
    """
    verdict = verify()
    changed = verdict.broken.says if verdict.broken else ""
    return {"record_links": verdict.links, "record_changed": changed}


if __name__ == "__main__":
    print(json.dumps(report()))  # noqa: T201  (its answer)
