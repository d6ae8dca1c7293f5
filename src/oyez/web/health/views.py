"""Is the house well? 200 when it is, 503 when the worker or the database is not."""

from __future__ import annotations

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from oyez.deliveries import queries as deliveries
from oyez.kit.disk import told
from oyez.listening import queries as listening
from oyez.notices import queries as notices
from oyez.web.guard import open_to_all
from oyez.web.reports import kinds


@require_safe
@open_to_all
def show(request: HttpRequest) -> JsonResponse:
    """Anybody may ask, so it holds counts and ages, never names or words."""
    disk = settings.OYEZ.disk()
    try:
        report = listening.health(
            {**deliveries.health(), "mails_in_trouble": notices.mails_in_trouble()}
        )
    except OperationalError:
        says = disk.says or "The database does not answer."
        return JsonResponse(
            told({"well": False, "database": False, "says": says}, disk), status=503
        )
    report = told({**report, "refused_by_browsers": len(kinds)}, disk)
    return JsonResponse(report, status=200 if report["well"] else 503)
