"""Which page of the place Planner is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.planner import importing, moving, queueing, repeating, views

app_name = "planner"
urlpatterns = [
    path("planner", views.show, name="show"),
    path("planner/week/<str:day>", views.show, name="week"),
    path("planner/day/<str:day>", views.day, name="day"),
    path("planner/month/<str:day>", views.month, name="month"),
    path("planner/import", importing.table, name="import"),
    path("planner/slots", queueing.slots, name="slots"),
    path("planner/slots/<int:pk>/remove", queueing.remove, name="remove_slot"),
    path("planner/repeats", repeating.list_, name="repeats"),
    path("planner/repeats/<int:pk>/end", repeating.end, name="end_repeat"),
    path("planner/<int:pk>/queue", queueing.queue, name="queue"),
    path("planner/<int:pk>/repeat", repeating.add, name="repeat"),
    path("planner/<int:pk>/move", moving.move, name="move"),
]
