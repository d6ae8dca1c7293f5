"""Where pictures and films are, for pages that show them."""

from __future__ import annotations

from django.urls import path

from oyez.web.library import serving

app_name = "library"

urlpatterns = [
    path("library/<int:pk>/<str:size>.picture", serving.picture, name="picture"),
    path("library/<int:pk>/film", serving.film, name="film"),
    path("library/<int:pk>/captions.vtt", serving.captions, name="captions"),
]
