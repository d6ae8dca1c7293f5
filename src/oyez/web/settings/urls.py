"""Where is the index of settings?"""

from __future__ import annotations

from django.urls import path

from oyez.web.settings import views

app_name = "settings"
urlpatterns = [path("settings", views.index, name="index")]
