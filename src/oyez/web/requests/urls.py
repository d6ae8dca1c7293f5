"""Where is the request desk?"""

from __future__ import annotations

from django.urls import path

from oyez.web.requests import answering, views

app_name = "requests"
urlpatterns = [
    path("requests", views.list_, name="list"),
    path("requests/<int:pk>", views.show, name="show"),
    path("requests/<int:pk>/accept", answering.accept, name="accept"),
    path("requests/<int:pk>/refuse", answering.refuse, name="refuse"),
    path("requests/<int:pk>/done", answering.done, name="done"),
    path("requests/<int:pk>/reopen", answering.reopen, name="reopen"),
]
