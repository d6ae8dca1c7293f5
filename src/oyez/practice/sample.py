"""What does the sample feed say? A new notice of a made-up council every 20 seconds."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import condition, require_safe

from oyez.kit import clock
from oyez.practice import queries, rules
from oyez.practice.models import Sample
from oyez.practice.notices import NOTICES, Notice
from oyez.practice.wording import as_html

TITLE = "Tamarshire County Council: news (sample)"
ABOUT = "Notices of a council that does not exist, for trying Oyez out. They stop after 20."
FRESH = "max-age=10"
"""A time to live in RSS is whole minutes: it says 0, and HTTP says this."""


def _tag(request: HttpRequest) -> str:
    """The feed follows from its run, how far that is, and the name it is asked by."""
    run = queries.sample()
    far = queries.sample_steps(run, clock.now()) if run else 0
    name = f"{run.pk if run else 0}:{far}:{request.get_host()}"
    return f'"{sha256(name.encode()).hexdigest()[:16]}"'


@require_safe
@condition(etag_func=_tag)
def feed(request: HttpRequest) -> HttpResponse:
    """RSS 2.0, newest item first, with a validator for conditional requests."""
    home = request.build_absolute_uri("/")
    here = request.build_absolute_uri(request.path)
    news = Rss201rev2Feed(
        TITLE,
        home,
        ABOUT,
        language=settings.LANGUAGE_CODE,
        feed_url=here,
        ttl="0",  # type: ignore[arg-type]  # it is written as it stands, so it must be text
    )
    if run := queries.sample():
        for step in reversed(range(queries.sample_steps(run, clock.now()) + 1)):
            _add(news, request, run, step)
    answer = HttpResponse(content_type="application/rss+xml; charset=utf-8")
    answer["Cache-Control"] = FRESH
    news.write(answer, "utf-8")
    return answer


def _add(news: Rss201rev2Feed, request: HttpRequest, run: Sample, step: int) -> None:
    said = NOTICES[step]
    news.add_item(
        title=said.title,
        link=request.build_absolute_uri(f"/notice/{run.pk}/{step}"),
        description=as_html(said.words),
        pubdate=run.started_at + step * rules.EVERY,
        unique_id=f"tamarshire-{run.pk}-{step:02d}",
        unique_id_is_permalink=False,
        categories=[said.about],
    )


@require_safe
def notice(request: HttpRequest, run_id: int, step: int) -> HttpResponse:
    """The page an item of the feed leads to."""
    run = Sample.objects.filter(pk=run_id).first()
    if run is None or step > queries.sample_steps(run, clock.now()):
        raise Http404
    said: Notice = NOTICES[step]
    at = run.started_at + step * rules.EVERY
    given = {"notice": said, "html": as_html(said.words), "at": at}
    return render(request, "practice/notice.html", given)
