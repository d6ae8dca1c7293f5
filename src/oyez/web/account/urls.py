"""Which page about oneself is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.account import accounts, factors, passwords, sessions, views
from oyez.web.signin import providing

app_name = "account"

urlpatterns = [
    path("account", views.show, name="show"),
    path("account/accounts/<slug:slug>/link", providing.link, name="link_account"),
    path("account/accounts/<int:pk>/unlink", accounts.unlink, name="unlink_account"),
    path("account/factors", factors.choose, name="factors"),
    path("account/factors/app", factors.app, name="app"),
    path("account/factors/passkey", factors.passkey, name="passkey"),
    path("account/factors/passkey/challenge", factors.challenge, name="challenge"),
    path("account/factors/<int:pk>/remove", factors.remove, name="remove_factor"),
    path("account/name", views.name, name="name"),
    path("account/sessions/<int:pk>/end", sessions.end, name="end_session"),
    path("account/sessions/end-others", sessions.end_others, name="end_others"),
    path("account/recovery-codes", factors.recovery, name="recovery"),
    path("account/password", passwords.choose, name="password"),
]
