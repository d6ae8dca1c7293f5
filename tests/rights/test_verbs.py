"""Every verb in everybody's name, on one's own team's things and another's: `oyez --as`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from oyez.channels.models import Channel
from oyez.cli import verbs
from oyez.people import rules
from oyez.people.models import Person
from oyez.people.rules import Scope
from tests.cli.test_verbs import oyez
from tests.fakes.networks import Findable, fakes
from tests.rights.test_pages import undone
from tests.rights.verbs import rows
from tests.rights.world import OTHER, OWN, World, build

pytestmark = pytest.mark.django_db


def leaves(command: click.Command, name: str) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield name
        return
    for child in command.commands.values():
        yield from leaves(child, f"{name} {child.name}")


def test_every_verb_has_a_row_and_every_row_a_verb() -> None:
    assert {one for group in verbs.GROUPS for one in leaves(group, group.name or "")} == set(rows())


def test_every_verb_keeps_to_the_table(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("secret")
    with fakes(Findable):
        world = build()
        wrong = list(_all(world, str(tmp_path / "file")))
    assert not wrong, "\n".join(wrong)


def _all(world: World, file: str) -> Iterator[str]:
    for verb, (asks, words) in rows().items():
        sides = [OWN, OTHER] if _teamed(world, words) else [OWN]
        for side in sides if asks != "console" else []:
            given = [_word(world, side, word, file) for word in words]
            may = [one for one in world.people.values() if _may(one, asks, side)]
            may_not = [one for one in world.people.values() if one not in may]
            for person in [*may_not, *may[-1:]]:
                if problem := _try(verb, given, person, allowed=person in may):
                    yield f"{verb} as {person.role} on {side}: {problem}"


def _teamed(world: World, words: list[str]) -> bool:
    return any(word.strip("{}") in world.of_teams[OWN] for word in words)


def _word(world: World, side: str, word: str, file: str) -> str:
    name = word.strip("{}")
    if word == name:
        return word
    if name == "file":
        return file
    thing: Any = world.names(name, side, None)["pk"]
    return Channel.objects.get(pk=thing).name if name == "channel" else str(thing)


def _may(person: Person, asks: str, side: str) -> bool:
    if asks == "in":
        return True
    scope = rules.scope(person.role, (), asks)
    return scope is Scope.EVERYWHERE or (scope is Scope.THEIR_TEAMS and side == OWN)


def _try(verb: str, given: list[str], person: Person, *, allowed: bool) -> str:
    with undone() as written:
        answer = oyez("--as", person.email, *verb.split(), *given)
    refused = answer.exit_code == 1 and "may not do this" in answer.output
    if answer.exit_code == 2 or (answer.exception and not isinstance(answer.exception, SystemExit)):
        return f"failed: {answer.output} {answer.exception!r}"
    if allowed and refused:
        return f"allowed, and refused: {answer.output}"
    if not allowed and not refused:
        return f"not allowed, and answered {answer.exit_code}: {answer.output[:200]}"
    return f"not allowed, and wrote {written}" if written and not allowed else ""
