"""Where does the public read what was published?"""

from __future__ import annotations

from django.urls import path

from oyez.web.news import pictures, views

app_name = "news"
urlpatterns = [
    path("news", views.list_, name="list"),
    path("news/<slug:key>", views.one, name="one"),
    path("news/<slug:key>/<slug:name>/<slug:size>", pictures.picture, name="picture"),
]
