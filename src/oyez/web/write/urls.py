"""Where are the pages for writing?"""

from __future__ import annotations

from django.urls import path

from oyez.web.write import merging, views

app_name = "write"
urlpatterns = [
    path("write", views.new, name="new"),
    path("write/looks", views.looks, name="looks"),
    path("write/autosave", views.autosave, name="autosave"),
    path("write/<int:pk>", views.edit, name="edit"),
    path("write/<int:pk>/merge/<int:version>", merging.merge, name="merge"),
    path("write/<int:pk>/undo", views.undo, name="undo"),
]
