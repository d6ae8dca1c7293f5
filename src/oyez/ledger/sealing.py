"""What is kept sealed in the database, and with which seal?

Whoever keeps something sealed says so here: new keys reach it then. Either a model has a field
`sealed`, for the place that its property `place` names; or it stands in a JSON field, as in tables
that are not ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform

from oyez.kit.keys import Keys
from oyez.kit.seal import Seal, Unsealable, WrongKeys

WRITING = "oyez seal"  # the lock of whoever writes something sealed: shared
SEALED = "sealed"
Model = TypeVar("Model", bound=type[models.Model])
Open = Callable[[str, str], str]
_keeping: list[Kept] = []


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows that keep something sealed: in a field `sealed`, or under that name in the JSON field
    `inside`. `place`: what a row's is sealed for. `opens` raises Unsealable.
    """

    label: str
    place: Callable[[Any], str]
    opens: Open
    inside: str = ""

    def rows(self) -> QuerySet[Any]:
        """Each with `sealed_by`: the id of the key that did it."""
        found: QuerySet[Any] = apps.get_model(self.label)._default_manager.all()
        if self.inside:
            found = found.filter(**{f"{self.inside}__has_key": SEALED})
        where = KeyTextTransform(SEALED, self.inside) if self.inside else F(SEALED)
        key = Func(where, Value(":"), Value(1), function="split_part", output_field=TextField())
        found = found.annotate(sealed_by=key)
        return found

    def open(self, row: Any) -> str:
        """What this row keeps. Raises Unsealable."""
        return self.opens(
            getattr(row, self.inside)[SEALED] if self.inside else row.sealed, self.place(row)
        )

    def is_open(self, row: Any) -> bool:
        """Do the keys that we have open it?"""
        try:
            return bool(self.open(row))
        except (Unsealable, WrongKeys):
            return False

    def put(self, row: Any, sealed: str) -> None:
        """Keep the same, sealed anew. The row is locked."""
        if self.inside:
            getattr(row, self.inside)[SEALED] = sealed
        else:
            row.sealed = sealed
        row.save(update_fields=[self.inside or SEALED])


def keeps_sealed(model: Model) -> Model:
    """Stands above such a model."""
    _keeping.append(Kept(model._meta.label, attrgetter("place"), opened))
    return model


def keeps_inside(label: str, field: str, place: Callable[[Any], str], opens: Open) -> None:
    """The same of a table that is not ours, such as "mfa.Authenticator"."""
    _keeping.append(Kept(label, place, opens, field))


def keeping() -> Sequence[Kept]:
    """Everything of that kind."""
    return tuple(_keeping)


def keys() -> Keys:
    """Where the keys of the seal come from."""
    found: Keys = settings.OYEZ_SEAL_KEYS
    return found


def seal() -> Seal:
    """The seal as it is at this moment: a rotation is heeded without a restart."""
    return keys().seal()


def opened(sealed: str, place: str) -> str:
    """What was sealed for this place. Raises Unsealable."""
    return seal().open(sealed, place)


@contextmanager
def writing() -> Iterator[Seal]:
    """The seal, from before its keys are read until the row is committed: no key goes meanwhile."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock_shared(hashtext(%s))", [WRITING])
        yield seal()
