"""Which page of the place Approve is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.approve import deciding, sharing, views

app_name = "approve"
urlpatterns = [
    path("approve", views.list_, name="list"),
    path("approve/<int:pk>", views.show, name="show"),
    path("approve/<int:pk>/changes", deciding.changes, name="changes"),
    path("approve/<int:pk>/late", deciding.late, name="late"),
    path("approve/holds/<int:pk>", deciding.release, name="release"),
    path("preview/<str:token>", sharing.preview, name="preview"),
    path("preview/<str:token>/<int:pk>.picture", sharing.picture, name="picture"),
]
