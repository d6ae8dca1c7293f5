"""Where does somebody ask us to say something, and see what became of it?"""

from __future__ import annotations

from django.urls import path

from oyez.web.ask import views

app_name = "ask"
urlpatterns = [
    path("ask", views.ask, name="new"),
    path("ask/<slug:code>", views.status, name="status"),
]
