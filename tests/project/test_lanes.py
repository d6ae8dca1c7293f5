"""Does every kind of work have hands, and can slow work starve what must not wait?"""

from __future__ import annotations

from procrastinate.contrib.django import app

from oyez.channels import jobs as channel_jobs
from oyez.deliveries import jobs as delivery_jobs
from oyez.ledger import jobs as ledger_jobs
from oyez.project.embedded_cluster import SETTINGS
from oyez.project.worker import CONNECTIONS, LANES
from oyez.web.turns import AT_ONCE


def test_every_job_has_a_lane() -> None:
    ours = {task.queue for name, task in app.tasks.items() if name.startswith("oyez.")}
    assert ours == {lane.queue for lane in LANES}


def test_asking_networks_how_they_are_holds_up_no_rescue_and_no_sweep() -> None:
    upkeep = {ledger_jobs.rescue.queue, delivery_jobs.sweep.queue}
    assert channel_jobs.check_channel.queue not in upkeep


def test_the_embedded_database_has_room_for_two_busy_workers_and_everybody_else() -> None:
    """One worker that stands still while another takes over must not shut the pages out."""
    verbs, reserved = 10, 3
    assert 2 * CONNECTIONS + AT_ONCE + verbs + reserved <= int(SETTINGS["max_connections"])
