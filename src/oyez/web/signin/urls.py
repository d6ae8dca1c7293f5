"""Where does one sign in and out?"""

from __future__ import annotations

from django.urls import path

from oyez.web.signin import views

app_name = "signin"

urlpatterns = [
    path("sign-in", views.ask, name="ask"),
    path("sign-in/out", views.out, name="out"),
    path("sign-in/again", views.again, name="again"),
    path("sign-in/<str:token>", views.use, name="use"),
]
