"""Which page about words to begin with is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.beginnings import views

app_name = "beginnings"
urlpatterns = [
    path("settings/templates", views.list_, name="list"),
    path("settings/templates/add", views.add, name="add"),
    path("settings/templates/<int:pk>", views.show, name="show"),
    path("settings/templates/<int:pk>/change", views.change, name="change"),
    path("settings/templates/<int:pk>/remove", views.remove, name="remove"),
]
