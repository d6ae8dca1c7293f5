"""Where does one sign in and out?"""

from __future__ import annotations

from django.urls import path

from oyez.web.signin import again, factor, links, providing, views

app_name = "signin"

urlpatterns = [
    path("sign-in", views.ask, name="ask"),
    path("sign-in/out", views.out, name="out"),
    path("sign-in/again", again.again, name="again"),
    path("sign-in/link", links.get, name="link"),
    path("sign-in/factor", factor.ask, name="factor"),
    path("sign-in/passkey", factor.by_passkey, name="passkey"),
    path("sign-in/passkey/challenge", factor.challenge, name="challenge"),
    path("sign-in/with/<slug:slug>", providing.begin, name="begin"),
    path("sign-in/with/<slug:slug>/back", providing.back, name="back"),
    path("sign-in/again/with/<slug:slug>", providing.again, name="again_with"),
    path("sign-in/<str:token>", links.use, name="use"),
]
