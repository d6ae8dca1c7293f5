"""Where is sending stopped and let go on?"""

from __future__ import annotations

from django.urls import path

from oyez.web.stop import views

app_name = "stop"
urlpatterns = [
    path("stop", views.show, name="show"),
    path("stop/all", views.stop, name="all"),
    path("stop/all/resume", views.resume, name="resume_all"),
    path("stop/channels/<int:pk>", views.stop, name="channel"),
    path("stop/channels/<int:pk>/resume", views.resume, name="resume_channel"),
]
