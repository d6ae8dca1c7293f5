"""Which page of the political register is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.figures import topics, views

app_name = "figures"
urlpatterns = [
    path("settings/political", views.list_, name="list"),
    path("settings/political/add", views.add, name="add"),
    path("settings/political/<int:pk>", views.show, name="show"),
    path("settings/political/<int:pk>/change", views.change, name="change"),
    path("settings/political/<int:pk>/retire", views.retire, name="retire"),
    path("settings/political/topics", topics.list_, name="topics"),
    path("settings/political/topics/add", topics.add, name="add_topic"),
    path("settings/political/topics/<int:pk>/retire", topics.retire, name="retire_topic"),
]
