"""How is work passed on? As a job, enqueued in Django's own transaction."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import Task


def defer(job: Task[Any, Any, Any], *, lock: str | None = None, **arguments: Any) -> int:
    """Enqueue within the current transaction, in the web process and inside a worker alike.

    A worker swaps the app's connector, so `job.defer()` there escapes a rollback; this does not.
    """
    deferrer = job.configure(lock=lock)
    deferrer.job_manager = JobManager(DjangoConnector("default"))
    return deferrer.defer(**arguments)
