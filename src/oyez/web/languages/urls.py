"""Where does one choose a language?"""

from __future__ import annotations

from django.urls import path

from oyez.web.languages import views

app_name = "languages"
urlpatterns = [path("language", views.choose, name="choose")]
