"""What can a client do here? The part of Mastodon's client API that an adapter needs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import urlencode

from oyez.kit import clock
from oyez.practice import actions, queries, rules, wire
from oyez.practice.doors import Wrong, body, endpoint, known, number, several
from oyez.practice.models import Account, Note, Picture

PAGE, MOST = 20, 40
NOT_HERE = {
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
    account, key = known(asker), _key(request)
    if done := queries.same_key(account, key, clock.now()):
        return JsonResponse(wire.status(done, _base(request)))
    try:
        note = actions.publish(account, _draft(request, asker))
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
    shown = several(sent, "media_ids")
    return actions.Draft(
        pictures=_pictures(known(asker), shown) if shown else (),
        text=str(sent.get("status") or ""),
        visibility=visibility,
        language=rules.language(str(sent.get("language") or ""), _language()),
        warning=str(sent.get("spoiler_text") or ""),
        sensitive=sent.get("sensitive") in {True, "true", "1"},
        reply_to=_note(asker, str(parent)) if parent else None,
        key=_key(request),
    )


def _key(request: HttpRequest) -> str:
    return request.headers.get("Idempotency-Key", "")[:200]


def _pictures(account: Account, ids: list[str], note: Note | None = None) -> list[Picture]:
    """Its own pictures, in this order, that hang nowhere yet or on this very note."""
    numbers = [int(one) for one in ids if _could_be(one)]
    found = queries.pictures_of(account).filter(pk__in=numbers)
    free = {one.pk: one for one in found if one.note_id in {None, note and note.pk}}
    if len(ids) != len(set(ids)) or len(ids) != len(free):
        raise Wrong(422, "Validation failed: A file is not there, or was shown already")
    return [free[number] for number in numbers]


def _edit(request: HttpRequest, asker: Account | None, note_id: str) -> HttpResponse:
    note, sent = _own(asker, note_id), body(request)
    draft = actions.Draft(
        text=str(sent.get("status", note.text) or ""),
        language=rules.language(str(sent.get("language") or note.language), _language()),
        warning=str(sent.get("spoiler_text", note.warning) or ""),
    )
    shown = several(sent, "media_ids")
    pictures = None if shown is None else _pictures(note.account, shown, note)
    try:
        actions.edit(note, draft, pictures)
    except actions.NotAllowed as refusal:
        raise Wrong(422, str(refusal)) from refusal
    return JsonResponse(wire.status(_note(asker, note_id), _base(request)))


def _bring(request: HttpRequest, asker: Account | None) -> HttpResponse:
    account, file = known(asker), request.FILES.get("file")
    if file is None:
        raise Wrong(422, "Validation failed: File can't be blank")
    content = file.read(rules.PICTURE_BYTES + 1)
    words, focus = (str(request.POST.get(name, "")) for name in ("description", "focus"))
    try:
        picture = actions.bring(account, content, words, focus)
    except actions.NotAllowed as refusal:
        raise Wrong(422, str(refusal)) from refusal
    return JsonResponse(wire.attachment(picture, _base(request)))


def _file(request: HttpRequest, asker: Account | None, media_id: str) -> HttpResponse:
    mine = queries.pictures_of(known(asker))
    picture = mine.filter(pk=int(media_id)).first() if _could_be(media_id) else None
    if picture is None:
        raise Wrong(404, "Record not found")
    return JsonResponse(wire.attachment(picture, _base(request)))


def _show(request: HttpRequest, asker: Account | None, note_id: str) -> HttpResponse:
    return JsonResponse(wire.status(_note(asker, note_id), _base(request)))


def _source(request: HttpRequest, asker: Account | None, note_id: str) -> HttpResponse:
    return JsonResponse(wire.source(_note(known(asker), note_id)))


def _remove(request: HttpRequest, asker: Account | None, note_id: str) -> HttpResponse:
    """The answer has the words as they were sent, so that a client can offer to write anew."""
    note = _own(asker, note_id)
    shape = {**wire.status(note, _base(request)), "text": note.text}
    actions.remove(note)
    return JsonResponse(shape)


def _statuses(request: HttpRequest, asker: Account | None, account_id: int) -> HttpResponse:
    """An account's notes, newest first; `min_id` alone asks for the oldest after it."""
    notes = queries.shown_to(asker).filter(account=_found(account_id))
    if request.GET.get("exclude_replies") in {"true", "1"}:
        notes = notes.filter(reply_to=None)
    if request.GET.get("only_media") in {"true", "1"}:
        notes = notes.exclude(pictures=None)
    if (before := number(request.GET, "max_id")) is not None:
        notes = notes.filter(pk__lt=before)
    since, after = number(request.GET, "since_id"), number(request.GET, "min_id")
    if since is not None or after is not None:
        notes = notes.filter(pk__gt=max(since or 0, after or 0))
    limit = min(max(number(request.GET, "limit") or PAGE, 1), MOST)
    page = list(notes[:limit]) if after is None else list(notes.reverse()[:limit])[::-1]
    if request.GET.get("pinned") == "true":
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
    notes = queries.shown_to(asker)
    found = notes.filter(pk=int(note_id)).first() if _could_be(note_id) else None
    if found is None:
        raise Wrong(404, "Record not found")
    return found


def _own(asker: Account | None, note_id: str) -> Note:
    note = _note(known(asker), note_id)
    if note.account != asker:
        raise Wrong(404, "Record not found")
    return note


def _could_be(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 19


def _nothing(request: HttpRequest, asker: Account | None, **parts: str) -> HttpResponse:
    raise Wrong(404, "Not found: practice has only a part of the API")


instance = endpoint(GET=_instance)
own_account = endpoint(GET=_own_account)
account = endpoint(GET=_account)
account_statuses = endpoint(GET=_statuses)
statuses = endpoint(POST=_publish)
status = endpoint(GET=_show, PUT=_edit, DELETE=_remove)
status_source = endpoint(GET=_source)
media = endpoint(POST=_bring)
file = endpoint(GET=_file)
nothing = endpoint(GET=_nothing, POST=_nothing, PUT=_nothing, PATCH=_nothing, DELETE=_nothing)
