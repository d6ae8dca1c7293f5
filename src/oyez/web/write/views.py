"""Writing: one page, its preview and its autosave; sending, and ten seconds to undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oyez.channels import queries as channels
from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.deliveries import actions as deliveries
from oyez.emergency import queries as emergency
from oyez.kit.ids import new_key
from oyez.ledger.actor import Refusal
from oyez.posts import actions, events, queries
from oyez.posts.draft import Draft
from oyez.web.failures import found
from oyez.web.languages.speaking import ENGLISH
from oyez.web.messages.standing import refused
from oyez.web.numbers import number
from oyez.web.problems import Problem
from oyez.web.rights import may, me, needs, tell
from oyez.web.write.beginning import begun_with
from oyez.web.write.forms import WriteForm, initial
from oyez.web.write.looking import looks as looks_of
from oyez.web.write.pairing import missing, version

if TYPE_CHECKING:
    from oyez.posts.models import Post


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.STARTED)
def new(request: HttpRequest) -> HttpResponse:
    """An empty page, or one that begins with a template or a request."""
    if request.method == "POST":
        return _posted(request, _the_draft(request))
    begun = begun_with(request)
    fields = {**initial(begun), "once": new_key()}
    return _page(request, WriteForm(by=me(request), initial=fields), None, begun)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.EDITED, queries.one)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that is here already."""
    post = found(queries.one, pk)
    if not post.is_draft:
        return redirect("messages:show", pk)
    if request.method == "POST":
        return _posted(request, post)
    form = WriteForm(by=me(request), initial=initial(post.draft))
    return _page(request, form, post, post.draft, _removed(post.draft))


def _removed(draft: Draft) -> Problem | None:
    gone = len(channels.still_ours(draft.to)) < len(set(draft.to))
    return Problem(channels.REMOVED, "#id_to", ENGLISH) if gone else None


def _the_draft(request: HttpRequest) -> Post | None:
    """What an earlier save of this very page has made of it."""
    if (pk := number(request.POST.get("post", ""))) is not None:
        return found(queries.one, pk)
    return queries.begun_as(request.POST.get("once", ""))


def _posted(request: HttpRequest, post: Post | None) -> HttpResponse:
    if post and not post.is_draft:  # pressed twice: the first did it
        return redirect("messages:show", post.pk)
    unfinished = request.POST.get("do") != "send"
    form = WriteForm(request.POST, request.FILES, by=me(request), unfinished=unfinished)
    if not form.is_valid():
        return _page(request, form, post, form.draft(post.draft if post else None), status=422)
    draft, saved = form.draft(post.draft if post else None), False
    try:
        form.describe(me(request))
        if placed := form.uploaded(me(request)):
            draft = draft.with_picture(placed)
        post, saved = _saved(request, post, draft), True
        if request.POST.get("do") == "send":
            return _send(request, post)
        if language := _other_language(request):
            return _begin_pair(request, post, language)
        if request.POST.get("do") == "save":
            messages.success(request, _("Saved the draft."))
    except actions.Changed as changed:
        return redirect("write:merge", changed.post.pk, changed.lost.pk)
    except Refusal as refusal:
        where = "#findings" if isinstance(refusal, decisions.Stopped) else "#id_text"
        problem = Problem(str(refusal), where, ENGLISH)
        if post and saved:
            return _kept(request, post, problem)
        return _page(request, form, post, draft, problem, status=422)
    return redirect(f"{reverse('write:edit', args=[post.pk])}#looks")


def _kept(request: HttpRequest, post: Post, problem: Problem) -> HttpResponse:
    """The page of what was saved and not sent: its picture among the others, and its version."""
    form = WriteForm(by=me(request), initial=initial(post.draft))
    return _page(request, form, post, post.draft, problem, status=422)


def _saved(request: HttpRequest, post: Post | None, draft: Draft) -> Post:
    if post is None:
        return actions.start(draft, by=me(request), once=request.POST.get("once", ""))
    return actions.save(post, draft, based_on=_version(request), by=me(request))


def _version(request: HttpRequest) -> int:
    return number(request.POST.get("version", "")) or 0


def _other_language(request: HttpRequest) -> str:
    """In which language it is to be written next, if a button said so: “pair:cy”."""
    verb, _colon, language = request.POST.get("do", "").partition(":")
    return language if verb == "pair" else ""


def _begin_pair(request: HttpRequest, post: Post, language: str) -> HttpResponse:
    other = deliveries.begin_pair(post, language, by=me(request))
    messages.success(request, _("Saved the draft. Now say the same in the other language."))
    return redirect("write:edit", other.pk)


def _send(request: HttpRequest, post: Post) -> HttpResponse:
    post = decisions.hand_in(
        post,
        by=me(request),
        confirmed=request.POST.getlist("confirm"),
        asking=request.POST.getlist("ask"),
        wait=actions.UNDO,
    )
    messages.success(request, _sent(post))
    return redirect("messages:show", post.pk)


def _sent(post: Post) -> str:
    if reviews.open_reviews().filter(post=post).exists():
        return _("Sent for approval. Nothing goes out before somebody else has said yes.")
    if post.draft.wall:
        return _("Planned. You can change it until it goes out.")
    if reviews.waits_for_its_pair(post):
        return _("It goes out together with its other language. You can change it until then.")
    if emergency.holds_up(post.draft.to):
        return _("Sending is stopped, so it waits. You can change it until then.")
    return _("It goes out in ten seconds. You can still undo that.")


@require_POST
@needs(events.REOPENED, queries.one)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was just sent, and go on writing."""
    post = found(queries.one, pk)
    done = tell(request, lambda: _taken_back(actions.take_back(post, by=me(request))))
    return redirect("write:edit" if done else "messages:show", pk)


def _taken_back(post: Post) -> str:
    return _("It is a draft again. What had already left stays where it is: see its message page.")


@require_POST
@needs(events.EDITED)
def looks(request: HttpRequest) -> HttpResponse:
    """The part of the page beside the form, as the words stand now. Nothing is kept."""
    post, form = _the_draft(request), WriteForm(request.POST, by=me(request), unfinished=True)
    form.is_valid()
    shown = looks_of(form.draft(), me(request), post, _ticked(request))
    return render(request, "write/looks.html", {"looks": shown})


@require_POST
@needs(events.EDITED)
def autosave(request: HttpRequest) -> HttpResponse:
    """Keep what stands on the page, whether or not it could be sent like this."""
    post, form = _the_draft(request), WriteForm(request.POST, by=me(request), unfinished=True)
    form.is_valid()
    draft, problem = form.draft(post.draft if post else None), ""
    try:
        if post or draft.text:
            post = _saved(request, post, draft)
    except Refusal as refusal:
        problem = str(refusal)
    answer = render(request, "write/saved.html", {"post": post, "problem": problem})
    if post and not problem:
        answer["HX-Replace-Url"] = reverse("write:edit", args=[post.pk])
    return answer


def _ticked(request: HttpRequest) -> list[str]:
    return [*request.POST.getlist("confirm"), *request.POST.getlist("ask")]


def _page(
    request: HttpRequest,
    form: WriteForm,
    post: Post | None,
    draft: Draft,
    problem: Problem | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "post": post,
        "version": _version(request) if form.is_bound else post and post.version,
        "looks": looks_of(draft, me(request), post, _ticked(request)),
        "problems": [problem] if problem else [],
        "drafts": [] if post else queries.drafts()[:5],
        "holding": [] if post else queries.templates("holding"),
        "templates": [] if post else queries.templates("template"),
        "pair": version(post),
        "missing": missing(post, draft.language) if may(request, events.PAIRED) else [],
        "refused": refused(post) if post else [],
    }
    return render(request, "write/edit.html", context, status=status)
