"""Which page of the place Planner is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.planner import importing, moving, views

app_name = "planner"
urlpatterns = [
    path("planner", views.show, name="show"),
    path("planner/week/<str:day>", views.show, name="week"),
    path("planner/day/<str:day>", views.day, name="day"),
    path("planner/month/<str:day>", views.month, name="month"),
    path("planner/import", importing.table, name="import"),
    path("planner/<int:pk>/move", moving.move, name="move"),
]
