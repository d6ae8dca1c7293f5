"""Which page of the place Feeds is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.feeds import adding, bringing, steering, views

app_name = "feeds"
urlpatterns = [
    path("feeds", views.list_, name="list"),
    path("feeds/add", adding.add, name="add"),
    path("feeds/add/rule", adding.rule, name="rule"),
    path("feeds/bring", bringing.bring, name="bring"),
    path("feeds/<int:pk>", views.show, name="show"),
    path("feeds/<int:pk>/rule", steering.change, name="change"),
    path("feeds/<int:pk>/poll", steering.poll, name="poll"),
    path("feeds/<int:pk>/pause", steering.pause, name="pause"),
    path("feeds/<int:pk>/resume", steering.resume, name="resume"),
    path("feeds/<int:pk>/confirm", steering.confirm_trust, name="confirm"),
    path("feeds/<int:pk>/trust/<slug:level>", steering.trust, name="trust"),
]
