"""Every component on real pages, in every state: what the theme's tests ask and what we look at."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from oyez.kit import clock
from oyez.web.forms import Form
from oyez.web.guard import open_to_all
from oyez.web.parts import Fact, Mark, Row, Step
from oyez.web.strip import Strip

handler400 = "oyez.web.failures.unreadable"
handler403 = "oyez.web.failures.forbidden"
handler404 = "oyez.web.failures.not_found"
handler500 = "oyez.web.failures.broken"


class Sam:
    is_authenticated = True

    def __str__(self) -> str:
        return "Sam Carter"


class FeedForm(Form):
    name = forms.CharField(help_text="What your colleagues will call it.", max_length=20)
    address = forms.URLField(label="Feed address", assume_scheme="https")
    notes = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    area = forms.ChoiceField(
        choices=[("", "Choose an area"), ("north", "North"), ("south", "South")]
    )
    trust = forms.ChoiceField(
        choices=[("watch", "Watch only"), ("automatic", "Send without asking")],
        widget=forms.RadioSelect,
        help_text="You can change this later.",
    )
    channels = forms.MultipleChoiceField(
        choices=[("1", "Mastodon @council"), ("2", "Our own page")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="I have read the policy")
    picture = forms.FileField(required=False)
    version = forms.CharField(widget=forms.HiddenInput, initial="3")


PAGES = Path(__file__).parent / "gallery_pages"


def _page(
    request: HttpRequest, name: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    template = engines["django"].from_string((PAGES / f"{name}.html").read_text())
    return HttpResponse(template.render({"user": Sam(), **context}, request), status=status)


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    rows = [
        Row(
            "“Recycling centre closed” did not reach Mastodon",
            "/x",
            "The server refused the login",
            Mark("Refused", "red"),
            urgent=True,
            at=now - timedelta(minutes=12),
        ),
        Row(
            "School transport update for tomorrow",
            "/x",
            "Press releases · 4 channels",
            Mark("Going out", "blue"),
            at=now + timedelta(hours=3),
        ),
        Row(
            "🧊 Gritting tonight: Mae’r lorïau graeanu allan heno",
            "/x",
            "Gritting",
            Mark("Arrived", "green"),
            at=now - timedelta(days=2),
        ),
        Row(
            "https://www.tamarshire.example/a-very-long-address/with-no-space-to-break-at-anywhere",
            "/x",
            "Feed",
            Mark("Withheld", "yellow"),
        ),
    ]
    steps = [
        Step("The item arrived from the feed", now - timedelta(minutes=9)),
        Step("Approved", now - timedelta(minutes=8), "The feed’s standing rule, set by Sam Carter"),
        Step(
            "Mastodon refused it",
            now,
            "The text is 12 characters too long.",
            "/x",
            "Edit the message",
            "bad",
        ),
        Step("Arrived on our own page", now, mood="good", href="/x", link="See it there"),
    ]
    facts = [
        Fact("Address", "https://www.tamarshire.example/news/feed.xml", "Change", "/x"),
        Fact("Next check", "", at=now + timedelta(minutes=5)),
        Fact("Trust", "Send without asking", "Change", "/x"),
    ]
    channels = [
        Row("Mastodon", "/x", mark=Mark("Link again", "red")),
        Row("Our own page", "/x", mark=Mark("Working", "green")),
    ]
    strips = [
        Strip(
            "stop", "Sending is stopped.", "Nothing goes out on any channel.", "Start again", "/x"
        ),
        Strip("practice", "Practice is on.", "Nothing here leaves this machine."),
    ]
    page = Paginator(range(200), 10).get_page(request.GET.get("page", 5))
    return _page(
        request,
        "home",
        {
            "rows": rows,
            "steps": steps,
            "facts": facts,
            "channels": channels,
            "strips": strips,
            "page": page,
            "now": now,
        },
    )


@open_to_all
def empty(request: HttpRequest) -> HttpResponse:
    return _page(request, "empty", {})


@open_to_all
def form(request: HttpRequest) -> HttpResponse:
    asked = FeedForm(request.POST or None)
    wrong = request.method == "POST" and not asked.is_valid()
    return _page(request, "form", {"form": asked}, 422 if wrong else 200)


@open_to_all
def confirm(request: HttpRequest) -> HttpResponse:
    context = {
        "user": Sam(),
        "title": "Remove the channel Mastodon @council?",
        "text": "Messages that wait for it will be withheld. What was sent stays on Mastodon.",
        "act": "Remove channel",
        "danger": True,
        "back": "/",
    }
    return render(request, "web/confirm.html", context)


@open_to_all
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


@open_to_all
def database_away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the server closed the connection")


def closed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("private")


@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Sign in")


def place(route: str, view: object, namespace: str, verb: str) -> object:
    return path(route, include(([path("", view, name=verb)], namespace)))


urlpatterns = [
    place("", home, "home", "show"),
    place("channels/", empty, "channels", "list"),
    path(
        "feeds/", include(([path("", empty, name="list"), path("add/", form, name="add")], "feeds"))
    ),
    place("messages/", empty, "messages", "list"),
    path(
        "signin/",
        include(([path("", sign_in, name="ask"), path("out/", sign_in, name="out")], "signin")),
    ),
    path("confirm/", confirm),
    path("breaks/", breaks),
    path("away/", database_away),
    path("closed/", closed),
]
