"""Workers of the last version and of this one share a database while a house is upgraded: each
migration from here on only adds. `./run bench faults --rows 10` lets them do so.
"""

from __future__ import annotations

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from tests.project.additive import objections

# The last migration of each app when this began to hold; an app not named here is held to it whole.
BEFORE = {
    "channels": 6, "decisions": 6, "deliveries": 5, "emergency": 3, "feeds": 5, "ledger": 5,
    "library": 1, "listening": 1, "notices": 2, "partners": 1, "people": 10, "policy": 1,
    "posts": 15, "practice": 2, "requests": 2, "strategy": 1,
}  # fmt: skip


def test_each_migration_only_adds() -> None:
    loader = MigrationLoader(None)
    found = [
        sentence
        for (app, name), migration in loader.disk_migrations.items()
        if type(migration).__module__.startswith("oyez.") and int(name[:4]) > BEFORE.get(app, 0)
        for sentence in objections(migration, loader.project_state((app, name), at_end=False))
    ]
    assert not found, "\n".join(found)


def a_state() -> ProjectState:
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=20)),
        ("note", models.TextField(null=True)),
    ]
    state.add_model(ModelState("posts", "Thing", fields))
    return state


def words(size: int, **more: object) -> models.CharField:
    return models.CharField(max_length=size, **more)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("thing", "new", words(9, default="")),
        migrations.AddField("thing", "new", models.BooleanField(default=False)),
        migrations.RemoveField("thing", "name"),
        migrations.RenameField("thing", "name", "title"),
        migrations.DeleteModel("Thing"),
        migrations.RenameModel("Thing", "Matter"),
        migrations.AlterField("thing", "name", words(10)),
        migrations.AlterField("thing", "name", words(20, unique=True)),
        migrations.AlterField("thing", "note", models.TextField()),
        migrations.AlterField("thing", "note", models.IntegerField(null=True)),
        migrations.AddConstraint(
            "thing", models.UniqueConstraint(fields=["name"], name="one_of_a_name")
        ),
        migrations.RunSQL("alter table posts_thing drop column name"),
        migrations.SeparateDatabaseAndState([migrations.RemoveField("thing", "name")]),
    ],
    ids=repr,
)
def test_what_an_older_worker_trips_over_is_found(operation: Operation) -> None:
    assert list(objections(a_migration(operation), a_state()))


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("thing", "new", words(9, default="", db_default="")),
        migrations.AddField("thing", "new", models.BooleanField(null=True)),
        migrations.AlterField("thing", "name", words(200)),
        migrations.AlterField("thing", "name", words(20, choices=[("a", "A")])),
        migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddIndex("thing", models.Index(fields=["name"], name="by_name")),
        migrations.RunSQL("update posts_thing set note = name"),
    ],
    ids=repr,
)
def test_what_it_may_ignore_is_let_through(operation: Operation) -> None:
    assert not list(objections(a_migration(operation), a_state()))


def a_migration(*operations: Operation) -> migrations.Migration:
    migration = migrations.Migration("0099_new", "posts")
    migration.operations = list(operations)
    return migration
