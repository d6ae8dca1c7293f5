"""Vectors in every column that can hold words from outside, behind the back of every action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from tests.outside.vectors import ADDRESSES, WORDS

NOT_WORDS = {
    *("kind", "on_kind", "on_id", "by_kind", "by_id", "key", "what", "password", "language"),
    *("door", "network", "identity", "sealed", "digest", "number", "check_id", "level", "before"),
    *("given_digest", "spec", "zone", "nation", "etag", "last_modified", "trusted_rule", "role"),
    *("fingerprint", "sender", "code", "rule", "once", "wall", "starts", "next_wall", "outcome"),
    *("watermark", "remote_id", "topic", "focus", "duties", "cause", "tag", "since", "guid"),
    *("version", "mark", "change"),
}
"""Columns that the house writes itself and reads again by program, never as anybody's words."""
NOT_WORDS_OF = {"people.Try", "ledger.Event"}  # Event.by_name is the person’s, poisoned there
ADDRESSES_IN = {"url", "home_url", "link", "boost_url", "href", "final"}
SAID_IN = {
    *("name", "text", "title", "why", "note", "event", "severity", "urgency", "area", "words"),
    *("alt", "message", "reason", "own_words", "handle", "excerpt"),
}
"""Under which names a JSON column holds words."""


def poison() -> dict[str, int]:
    """How many rows of each column hold a vector now: “feeds.Item.title” and so on."""
    tables = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("oyez.") and model._meta.label not in NOT_WORDS_OF
    ]
    _triggers(tables, "disable")
    try:
        with transaction.atomic():
            return {f"{m._meta.label}.{f.name}": _fill(m, f) for m in tables for f in _columns(m)}
    finally:
        _triggers(tables, "enable")


def _triggers(tables: Sequence[type[models.Model]], word: str) -> None:
    """Those that keep words as they were."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f'alter table "{model._meta.db_table}" {word} trigger user')


_words, _addresses = cycle(WORDS), cycle(ADDRESSES)


def _columns(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        texts = isinstance(field, models.CharField | models.TextField) and not field.choices
        odd = isinstance(field, models.EmailField | models.SlugField) or field.primary_key
        said = texts and not odd and field.name not in NOT_WORDS
        if said or isinstance(field, models.JSONField):
            yield field


def _fill(model: type[models.Model], field: Any) -> int:
    """Past every check in Python."""
    vectors = _addresses if field.name in ADDRESSES_IN else _words
    count = 0
    for pk, value in list(model._default_manager.values_list("pk", field.name)):
        new = _instead(field, value, vectors, pk)
        if new != value:
            model._default_manager.filter(pk=pk).update(**{field.name: new})
            count += 1
    return count


def _instead(field: Any, value: Any, vectors: Iterator[str], pk: Any) -> Any:
    if isinstance(field, models.JSONField):
        return _in_json(value, vectors)
    longest = field.max_length or 2_000
    unique = f" {pk}" if field.name in {"name", "words"} or field.unique else ""
    vector = next(vectors)
    for _ in WORDS:
        if len(vector + unique) <= longest:
            return vector + unique
        vector = next(vectors)
    return value


def _in_json(value: Any, vectors: Iterator[str], name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _in_json(one, vectors, key) for key, one in value.items()}
    if isinstance(value, list) and name in SAID_IN:
        return [_in_json(one, vectors, name) for one in value]
    return next(vectors) if isinstance(value, str) and value and name in SAID_IN else value
