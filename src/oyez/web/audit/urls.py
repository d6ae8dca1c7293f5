"""Where is the record, and where is a copy of it taken?"""

from __future__ import annotations

from django.urls import path

from oyez.web.audit import views

app_name = "audit"
urlpatterns = [
    path("audit", views.list_, name="list"),
    path("audit/verify", views.verify, name="verify"),
    path("audit/copy", views.copy, name="copy"),
]
