"""Which page about the policy is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.policy import checking, document, house, trying

app_name = "policy"
urlpatterns = [
    path("policy", document.show, name="show"),
    path("policy/versions/<str:number>", document.older, name="older"),
    path("policy/acknowledge", document.acknowledge, name="acknowledge"),
    path("policy/publish", document.publish, name="publish"),
    path("policy/checks", checking.list_, name="checks"),
    path("policy/checks/<str:pk>", checking.show, name="check"),
    path("policy/checks/<str:pk>/level", checking.level, name="level"),
    path("policy/try", trying.dry_run, name="try"),
    path("policy/replay", trying.replay, name="replay"),
    path("policy/house", house.facts, name="house"),
]
