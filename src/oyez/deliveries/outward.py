"""What does a delivery do on its network? One of three acts."""

from __future__ import annotations

from typing import cast

from oyez.deliveries import rules
from oyez.deliveries.models import Delivery
from oyez.networks.contract import Deletes, Edits, Network, Progress, Receipt


def perform(delivery: Delivery, network: Network, progress: Progress) -> Receipt:
    """Say it, correct it or take it down; the receipt names the post. Raises NetworkError."""
    if not delivery.changes:
        return network.publish(delivery.message, progress)
    there = delivery.changes.remote_id
    if delivery.kind == rules.EDIT:
        return cast(Edits, network).edit(there, delivery.message, progress)
    cast(Deletes, network).delete(there, progress)
    return Receipt(there, delivery.changes.url)
