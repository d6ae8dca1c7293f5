"""Where does one sign in and out?"""

from __future__ import annotations

from django.urls import path

from oyez.web.signin import again, links, views

app_name = "signin"

urlpatterns = [
    path("sign-in", views.ask, name="ask"),
    path("sign-in/out", views.out, name="out"),
    path("sign-in/again", again.again, name="again"),
    path("sign-in/link", links.get, name="link"),
    path("sign-in/<str:token>", links.use, name="use"),
]
