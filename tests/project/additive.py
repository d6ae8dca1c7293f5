"""May an older worker go on beside what this migration leaves behind?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import connection, migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import CharField, Field

TAKEN_AWAY = (
    migrations.RemoveField, migrations.RenameField, migrations.DeleteModel,
    migrations.RenameModel, migrations.AlterModelTable,
)  # fmt: skip
STRICTER = (migrations.AddConstraint, migrations.AlterUniqueTogether)
TAKES_AWAY = re.compile(r"drop\s+(column|table|view)|\brename\b|set\s+not\s+null", re.IGNORECASE)


def objections(migration: migrations.Migration, before: ProjectState) -> Iterator[str]:
    """What an older worker would trip over, in a sentence each; `before` moves along."""
    for operation in _of_the_database(migration.operations):
        if why := _objection(operation, before, migration.app_label):
            yield f"{migration.app_label}.{migration.name}: {operation.describe()}: {why}"
        operation.state_forwards(migration.app_label, before)


def _of_the_database(operations: list[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _of_the_database(operation.database_operations)
        else:
            yield operation


def _objection(operation: Operation, before: ProjectState, app: str) -> str:
    if isinstance(operation, TAKEN_AWAY):
        return "it still reads and writes this"
    if isinstance(operation, STRICTER):
        return "it does not know this rule"
    if isinstance(operation, migrations.RunSQL) and TAKES_AWAY.search(str(operation.sql)):
        return "it still reads and writes this"
    if isinstance(operation, migrations.AddField):
        return "" if _may_be_left_out(operation.field) else "it names no value: give a db_default"
    if isinstance(operation, migrations.AlterField):
        model = before.models[app, operation.model_name_lower]
        return _narrowed(model.get_field(operation.name), operation.field)
    return ""


def _may_be_left_out(field: Field) -> bool:
    return bool(field.null or field.many_to_many or field.has_db_default())


def _narrowed(old: Field, new: Field) -> str:
    if (old.null and not new.null) or (new.unique and not old.unique):
        return "what it writes may be refused"
    if isinstance(old, CharField) and isinstance(new, CharField):
        return "" if (new.max_length or 0) >= (old.max_length or 0) else "its words may be too long"
    return "" if old.db_type(connection) == new.db_type(connection) else "it expects another type"
