"""Where does one say that somebody else is posting as us?"""

from __future__ import annotations

from django.urls import path

from oyez.web.takeover import views

app_name = "takeover"
urlpatterns = [
    path("stop/takeover", views.show, name="show"),
    path("stop/takeover/all", views.cut_off, name="all"),
    path("stop/takeover/drill", views.drill, name="drill"),
    path("stop/takeover/channels/<int:pk>", views.cut_off, name="channel"),
    path("stop/takeover/channels/<int:pk>/ours", views.ours, name="ours"),
    path("stop/takeover/channels/<int:pk>/over", views.over, name="over"),
]
