"""Which page about oneself is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.account import passwords, views

app_name = "account"

urlpatterns = [
    path("account", views.show, name="show"),
    path("account/password", passwords.choose, name="password"),
]
