"""Where does one sign in and out?"""

from __future__ import annotations

from django.urls import path

from oyez.web.signin import views

app_name = "signin"

urlpatterns = [
    path("", views.ask, name="ask"),
    path("/out", views.out, name="out"),
    path("/<str:token>", views.use, name="use"),
]
