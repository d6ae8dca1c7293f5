"""Which page is at which address?"""

from __future__ import annotations

from django.urls import include, path

from oyez.web import reports
from oyez.web.guard import REPORTS
from oyez.web.health import views as health

handler400 = "oyez.web.failures.unreadable"
handler403 = "oyez.web.failures.forbidden"
handler404 = "oyez.web.failures.not_found"
handler500 = "oyez.web.failures.broken"

urlpatterns = [
    path("", include("oyez.api.urls")),
    path("", include("oyez.web.news.urls")),
    path("", include("oyez.web.feeds.urls")),
    path("", include("oyez.web.channels.urls")),
    path("", include("oyez.web.home.urls")),
    path("", include("oyez.web.write.urls")),
    path("", include("oyez.web.planner.urls")),
    path("", include("oyez.web.messages.urls")),
    path("", include("oyez.web.approve.urls")),
    path("", include("oyez.web.library.urls")),
    path("", include("oyez.web.notices.urls")),
    path("", include("oyez.web.requests.urls")),
    path("", include("oyez.web.ask.urls")),
    path("", include("oyez.web.stop.urls")),
    path("", include("oyez.web.takeover.urls")),
    path("", include("oyez.web.policy.urls")),
    path("", include("oyez.web.settings.urls")),
    path("", include("oyez.web.people.urls")),
    path("", include("oyez.web.periods.urls")),
    path("", include("oyez.web.audit.urls")),
    path("", include("oyez.web.beginnings.urls")),
    path("", include("oyez.web.campaigns.urls")),
    path("", include("oyez.web.partners.urls")),
    path("", include("oyez.web.figures.urls")),
    path("", include("oyez.web.languages.urls")),
    path("health", health.show, name="health"),
    path(REPORTS.strip("/"), reports.take, name="reports"),
    path("", include("oyez.web.signin.urls")),
    path("", include("oyez.web.account.urls")),
]
