"""Where is the first page?"""

from __future__ import annotations

from django.urls import path

from oyez.web.home import views

app_name = "home"
urlpatterns = [
    path("", views.show, name="show"),
    path("needs-you", views.needs, name="needs"),
]
