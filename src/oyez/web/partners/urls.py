"""Which page about partners is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.partners import views

app_name = "partners"
urlpatterns = [
    path("settings/partners", views.list_, name="list"),
    path("settings/partners/add", views.add, name="add"),
    path("settings/partners/<int:pk>", views.show, name="show"),
    path("settings/partners/<int:pk>/change", views.change, name="change"),
    path("settings/partners/<int:pk>/retire", views.retire, name="retire"),
]
