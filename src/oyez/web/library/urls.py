"""Where the library's pages are, and the pictures and films for pages that show them."""

from __future__ import annotations

from django.urls import path

from oyez.web.library import adding, consenting, serving, views

app_name = "library"

urlpatterns = [
    path("library", views.list_, name="list"),
    path("library/add", adding.add, name="add"),
    path("library/<int:pk>", views.show, name="show"),
    path("library/<int:pk>/describe", adding.describe, name="describe"),
    path("library/<int:pk>/captions", adding.caption, name="caption"),
    path("library/<int:pk>/retire", views.retire, name="retire"),
    path("library/<int:pk>/consent", consenting.record, name="consent"),
    path("library/consents/<int:pk>/withdraw", consenting.withdraw, name="withdraw"),
    path("library/<int:pk>/<str:size>.picture", serving.picture, name="picture"),
    path("library/<int:pk>/film", serving.film, name="film"),
    path("library/<int:pk>/captions.vtt", serving.captions, name="vtt"),
]
