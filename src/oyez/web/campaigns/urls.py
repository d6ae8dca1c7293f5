"""Which page about campaigns is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("settings/campaigns", views.list_, name="list"),
    path("settings/campaigns/add", views.add, name="add"),
    path("settings/campaigns/<int:pk>", views.show, name="show"),
    path("settings/campaigns/<int:pk>/change", views.change, name="change"),
    path("settings/campaigns/<int:pk>/close", views.close, name="close"),
]
