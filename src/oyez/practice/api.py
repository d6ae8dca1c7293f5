"""What can a client do here? The part of Mastodon's client API that an adapter needs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import urlencode

from oyez.practice import actions, queries, rules, wire
from oyez.practice.doors import Wrong, body, endpoint, known, number
from oyez.practice.models import Account, Note

PAGE, MOST = 20, 40
NOT_HERE = {
    "media_ids": "Practice takes no pictures or videos.",
    "poll": "Practice has no polls.",
    "scheduled_at": "Practice posts at once: it keeps no schedule.",
}


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _language() -> str:
    return settings.LANGUAGE_CODE.split("-")[0]


def _instance(request: HttpRequest, asker: Account | None, version: int) -> HttpResponse:
    shape = wire.instance if version == 2 else wire.instance_v1
    return JsonResponse(shape(_base(request), request.get_host(), _language()))


def _own_account(request: HttpRequest, asker: Account | None) -> HttpResponse:
    return JsonResponse(wire.own_account(known(asker), _base(request), _language()))


def _account(request: HttpRequest, asker: Account | None, account_id: int) -> HttpResponse:
    return JsonResponse(wire.account(_found(account_id), _base(request)))


def _publish(request: HttpRequest, asker: Account | None) -> HttpResponse:
    account, draft = known(asker), _draft(request, asker)
    try:
        note = actions.publish(account, draft)
    except actions.NotAllowed as refusal:
        raise Wrong(422, str(refusal)) from refusal
    return JsonResponse(wire.status(note, _base(request)))


def _draft(request: HttpRequest, asker: Account | None) -> actions.Draft:
    sent = body(request)
    for name, sentence in NOT_HERE.items():
        if sent.get(name):
            raise Wrong(422, f"Validation failed: {sentence}")
    visibility = str(sent.get("visibility") or Note.Visibility.PUBLIC)
    if visibility not in Note.Visibility.values:
        raise Wrong(422, f"'{visibility}' is not a valid visibility")
    parent = sent.get("in_reply_to_id")
    return actions.Draft(
        text=str(sent.get("status") or ""),
        visibility=visibility,
        language=rules.language(str(sent.get("language") or ""), _language()),
        warning=str(sent.get("spoiler_text") or ""),
        sensitive=sent.get("sensitive") in {True, "true", "1"},
        reply_to=_note(asker, str(parent)) if parent else None,
        key=request.headers.get("Idempotency-Key", "")[:200],
    )


def _show(request: HttpRequest, asker: Account | None, note_id: str) -> HttpResponse:
    return JsonResponse(wire.status(_note(asker, note_id), _base(request)))


def _source(request: HttpRequest, asker: Account | None, note_id: str) -> HttpResponse:
    return JsonResponse(wire.source(_note(known(asker), note_id)))


def _remove(request: HttpRequest, asker: Account | None, note_id: str) -> HttpResponse:
    """The answer has the words as they were sent, so that a client can offer to write anew."""
    note = _note(known(asker), note_id)
    if note.account != asker:
        raise Wrong(404, "Record not found")
    shape = {**wire.status(note, _base(request)), "text": note.text}
    actions.remove(note)
    return JsonResponse(shape)


def _statuses(request: HttpRequest, asker: Account | None, account_id: int) -> HttpResponse:
    """An account's notes, newest first; `min_id` alone asks for the oldest after it."""
    notes = queries.shown_to(asker).filter(account=_found(account_id))
    if request.GET.get("exclude_replies") in {"true", "1"}:
        notes = notes.filter(reply_to=None)
    if (before := number(request.GET, "max_id")) is not None:
        notes = notes.filter(pk__lt=before)
    since, after = number(request.GET, "since_id"), number(request.GET, "min_id")
    if since is not None or after is not None:
        notes = notes.filter(pk__gt=max(since or 0, after or 0))
    limit = min(max(number(request.GET, "limit") or PAGE, 1), MOST)
    page = list(notes[:limit]) if after is None else list(notes.reverse()[:limit])[::-1]
    if request.GET.get("only_media") in {"true", "1"} or request.GET.get("pinned") == "true":
        page = []
    answer = JsonResponse([wire.status(note, _base(request)) for note in page], safe=False)
    if page:
        answer["Link"] = _neighbours(request, page)
    return answer


def _neighbours(request: HttpRequest, page: list[Note]) -> str:
    """The Link header: the page of older notes, and the page of newer ones."""
    kept = {name: str(value) for name, value in request.GET.items() if not name.endswith("_id")}
    address = request.build_absolute_uri(request.path)
    older = f"{address}?{urlencode({**kept, 'max_id': str(page[-1].pk)})}"
    newer = f"{address}?{urlencode({**kept, 'min_id': str(page[0].pk)})}"
    return f'<{older}>; rel="next", <{newer}>; rel="prev"'


def _found(account_id: int) -> Account:
    if account := Account.objects.filter(pk=account_id).first():
        return account
    raise Wrong(404, "Record not found")


def _note(asker: Account | None, note_id: str) -> Note:
    could_be = note_id.isascii() and note_id.isdecimal() and len(note_id) < 19
    found = queries.shown_to(asker).filter(pk=int(note_id)).first() if could_be else None
    if found is None:
        raise Wrong(404, "Record not found")
    return found


def _nothing(request: HttpRequest, asker: Account | None, **parts: str) -> HttpResponse:
    raise Wrong(404, "Not found: practice has only a part of the API")


instance = endpoint(GET=_instance)
own_account = endpoint(GET=_own_account)
account = endpoint(GET=_account)
account_statuses = endpoint(GET=_statuses)
statuses = endpoint(POST=_publish)
status = endpoint(GET=_show, DELETE=_remove)
status_source = endpoint(GET=_source)
nothing = endpoint(GET=_nothing, POST=_nothing, PUT=_nothing, PATCH=_nothing, DELETE=_nothing)
