"""Which page is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.health import views as health

urlpatterns = [
    path("health", health.show, name="health"),
]
