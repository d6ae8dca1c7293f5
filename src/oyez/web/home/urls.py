"""Where is the first page?"""

from __future__ import annotations

from django.urls import path

from oyez.web import disk
from oyez.web.home import practice, views

__all__ = ["app_name", "disk", "practice", "urlpatterns"]  # both provide a strip to every page

app_name = "home"
urlpatterns = [
    path("", views.show, name="show"),
    path("needs-you", views.needs, name="needs"),
]
