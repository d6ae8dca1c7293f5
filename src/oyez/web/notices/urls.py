"""Where are notices read, and chosen how they come?"""

from __future__ import annotations

from django.urls import path

from oyez.web.notices import choosing, views

app_name = "notices"
urlpatterns = [
    path("notices", views.list_, name="list"),
    path("notices/<int:pk>/read", views.read, name="read"),
    path("notices/read", views.read_all, name="read_all"),
    path("notices/choose", choosing.choose, name="choose"),
    path("notices/away", choosing.away, name="away"),
    path("notices/away/<int:pk>/end", choosing.back, name="back"),
    path("notices/log", views.log, name="log"),
]
