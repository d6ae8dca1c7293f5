"""Which page about periods is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.periods import views

app_name = "periods"
urlpatterns = [
    path("settings/periods", views.list_, name="list"),
    path("settings/periods/new", views.propose, name="propose"),
    path("settings/periods/add", views.add, name="add"),
    path("settings/periods/<int:pk>", views.show, name="show"),
    path("settings/periods/<int:pk>/change", views.change, name="change"),
    path("settings/periods/<int:pk>/close", views.close, name="close"),
]
