"""Which address answers programs?"""

from __future__ import annotations

from django.urls import path

from oyez.api import describing, feeds_out

app_name = "feeds_out"
urlpatterns = [
    path("news.atom", feeds_out.atom, name="atom"),
    path("news.json", feeds_out.json_feed, name="json"),
    path("openapi.json", describing.describe, name="description"),
]
