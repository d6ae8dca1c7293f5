"""Which page of the place Messages is at which address?"""

from __future__ import annotations

from django.urls import path

from oyez.web.messages import changing, deciding, keeping, pairing, talking, views

app_name = "messages"
urlpatterns = [
    path("messages", views.list_, name="list"),
    path("messages/<int:pk>", views.show, name="show"),
    path("messages/<int:pk>/discard", keeping.discard, name="discard"),
    path("messages/<int:pk>/restore", keeping.restore, name="restore"),
    path("messages/<int:pk>/copy", keeping.copy, name="copy"),
    path("messages/<int:pk>/pair", pairing.choose, name="pair"),
    path("messages/<int:pk>/pair/begin", pairing.begin, name="begin_pair"),
    path("messages/<int:pk>/part", pairing.part, name="part"),
    path("messages/<int:pk>/correct", changing.correct, name="correct"),
    path("messages/<int:pk>/take-down", changing.take_down, name="takedown"),
    path("messages/<int:pk>/comment", talking.comment, name="comment"),
    path("messages/<int:pk>/share", talking.share, name="share"),
    path("messages/<int:pk>/unshare", talking.unshare, name="unshare"),
    path("messages/deliveries/<int:pk>/there", deciding.there, name="there"),
    path("messages/deliveries/<int:pk>/again", deciding.again, name="again"),
    path("messages/deliveries/<int:pk>/withhold", deciding.withhold, name="withhold"),
]
