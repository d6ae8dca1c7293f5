"""Where does one sign in and out?"""

from __future__ import annotations

from django.urls import path

from oyez.web.signin import again, factor, links, views

app_name = "signin"

urlpatterns = [
    path("sign-in", views.ask, name="ask"),
    path("sign-in/out", views.out, name="out"),
    path("sign-in/again", again.again, name="again"),
    path("sign-in/link", links.get, name="link"),
    path("sign-in/factor", factor.ask, name="factor"),
    path("sign-in/passkey", factor.by_passkey, name="passkey"),
    path("sign-in/passkey/challenge", factor.challenge, name="challenge"),
    path("sign-in/<str:token>", links.use, name="use"),
]
