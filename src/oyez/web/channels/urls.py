"""Which page of the place Channels is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.channels import asking, giving, linking, views

app_name = "channels"
urlpatterns = [
    path("channels", views.list_, name="list"),
    path("channels/add", linking.choose, name="add"),
    path("channels/add/<slug:network>", linking.link, name="link"),
    path("channels/<int:pk>", views.show, name="show"),
    path("channels/<int:pk>/steps", asking.steps, name="steps"),
    path("channels/<int:pk>/describe", views.describe, name="describe"),
    path("channels/<int:pk>/team", giving.give, name="team"),
    path("channels/<int:pk>/check", views.check, name="check"),
    path("channels/<int:pk>/again", linking.again, name="again"),
    path("channels/<int:pk>/remove", views.remove, name="remove"),
]
