"""Which page of the place Messages is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.messages import deciding, views

app_name = "messages"
urlpatterns = [
    path("messages", views.list_, name="list"),
    path("messages/<int:pk>", views.show, name="show"),
    path("messages/deliveries/<int:pk>/there", deciding.there, name="there"),
    path("messages/deliveries/<int:pk>/again", deciding.again, name="again"),
    path("messages/deliveries/<int:pk>/withhold", deciding.withhold, name="withhold"),
]
