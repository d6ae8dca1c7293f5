"""Which page about people is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.people import changing, granting, joining, teams, views

app_name = "people"
urlpatterns = [
    path("settings/people", views.list_, name="list"),
    path("settings/people/roles", views.roles, name="roles"),
    path("settings/people/invite", joining.invite, name="invite"),
    path("settings/people/<int:pk>", views.show, name="show"),
    path("settings/people/<int:pk>/link", joining.link, name="link"),
    path("settings/people/<int:pk>/change", changing.change, name="change"),
    path("settings/people/<int:pk>/address", changing.address, name="address"),
    path("settings/people/<int:pk>/sign-out", changing.sign_out, name="sign_out"),
    path("settings/people/<int:pk>/remove", changing.remove, name="remove"),
    path("settings/people/<int:pk>/return", changing.bring_back, name="return"),
    path("settings/people/grants/<int:pk>/confirm", granting.confirm_, name="confirm"),
    path("settings/people/grants/<int:pk>/decline", granting.decline, name="decline"),
    path("settings/teams/add", teams.add, name="add_team"),
    path("settings/teams/<int:pk>/rename", teams.rename, name="rename_team"),
    path("settings/teams/<int:pk>/end", teams.end, name="end_team"),
]
