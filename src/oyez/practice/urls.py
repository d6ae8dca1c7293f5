"""Which page and which part of the API is at which address of the practice server?"""

from __future__ import annotations

from django.urls import path, re_path

from oyez.practice import api, sample, wall

app_name = "practice"
handler500 = "oyez.web.failures.broken"

urlpatterns = [
    path("", wall.show, name="wall"),
    path("new", wall.new, name="new"),
    path("@<slug:username>", wall.account, name="account"),
    path("@<slug:username>/<int:note_id>", wall.note, name="note"),
    path("sample.xml", sample.feed, name="sample"),
    path("notice/<int:run_id>/<int:step>", sample.notice, name="notice"),
    path("api/v2/instance", api.instance, {"version": 2}),
    path("api/v1/instance", api.instance, {"version": 1}),
    path("api/v1/accounts/verify_credentials", api.own_account),
    path("api/v1/accounts/<int:account_id>", api.account),
    path("api/v1/accounts/<int:account_id>/statuses", api.account_statuses),
    path("picture/<int:picture_id>.<slug:ending>", wall.picture, name="picture"),
    path("api/v2/media", api.media),
    path("api/v1/media/<str:media_id>", api.file),
    path("api/v1/statuses", api.statuses),
    path("api/v1/statuses/<str:note_id>", api.status),
    path("api/v1/statuses/<str:note_id>/source", api.status_source),
    re_path(r"^api/", api.nothing),
]
