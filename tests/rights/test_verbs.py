"""Every verb in everybody's name, on one's own team's things and another's: `oyez --as`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from oyez.channels.models import Channel
from oyez.cli import verbs
from oyez.people import actions as people
from oyez.people import rules
from oyez.people.models import Person
from oyez.people.rules import Scope
from tests.cli.test_verbs import oyez
from tests.factories import BY
from tests.fakes.networks import Findable, fakes
from tests.rights.test_pages import Tried, undone
from tests.rights.verbs import MACHINE, Row, rows
from tests.rights.world import NOWHERE, OTHER, OWN, World, build

pytestmark = pytest.mark.django_db


def leaves(command: click.Command, name: str) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield name
        return
    for child in command.commands.values():
        yield from leaves(child, f"{name} {child.name}")


def test_every_verb_has_a_row_and_every_row_a_verb() -> None:
    there = {one for group in verbs.GROUPS for one in leaves(group, group.name or "")}
    assert there == {row.verb for row in rows()}


def test_what_acts_on_the_machine_is_done_in_nobody_s_name() -> None:
    assert {row.verb for row in rows() if row.asks == "machine"} == set(MACHINE)
    for role in rules.ROLES:
        somebody = people.invite(f"{role}@council.example", role=role, by=BY)
        for row in rows():
            if row.asks == "machine":
                _refused_in_a_name(somebody, row)


def _refused_in_a_name(somebody: Person, row: Row) -> None:
    with undone() as written:
        answer = oyez("--as", somebody.email, *row.verb.split(), *row.words)
    sentence = "Error: Only whoever has the machine can do this, in nobody’s name.\n"
    assert (answer.exit_code, answer.output, written) == (2, sentence, []), row.verb


def test_every_verb_keeps_to_the_table(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with fakes(Findable):
        tried = every_verb(tmp_path, least="OYEZ_TEST_EVERY_CELL" not in os.environ)
    record_property("cells", tried.cells)
    assert not tried.wrong, "\n".join(tried.wrong)
    assert tried.cells > 400


def every_verb(folder: Path, *, least: bool = False) -> Tried:
    """Type each verb as each role, on both sides. `least`: of those that may, only the least."""
    tried, world, files = Tried(), build(), _files(folder)
    for row in rows():
        sides = [OWN, OTHER] if _teamed(world, row.words) else [OWN]
        for side in sides if row.asks != "machine" else []:
            may = [one for one in world.people.values() if _may(one, row.asks, side)]
            may_not = [one for one in world.people.values() if one not in may]
            for person in [*may_not, *(may[-1:] if least else may)]:
                if person in may and row.verb in ALONE and not row.words:
                    continue
                tried.cells += 1
                given = [
                    _word(world, side, word, files | {"me": person.email}) for word in row.words
                ]
                if problem := _try(row.verb, given, person, allowed=person in may):
                    tried.wrong.append(f"{row.verb} as {person.role} on {side}: {problem}")
    return tried


ALONE = {"audit verify"}
"""It asks for a transaction of its own, so who may try it elsewhere: tests/cli/test_audit.py."""
CONTENTS = {
    "file": "# 1 Speak plainly\n\nAlways.",
    "opml": f'<opml version="2.0"><body><outline text="A" xmlUrl="{NOWHERE}"/></body></opml>',
    "messages": "text,channels\nHello,Roads\n",
    "copy": "",
    "figures": "name,kind\nBen Bow,councillor\n",
}


def _files(folder: Path) -> dict[str, str]:
    """Those that a verb reads, and the one that it writes, by their names in the table."""
    for name, content in CONTENTS.items():
        (folder / name).write_text(content)
    return {name: str(folder / name) for name in [*CONTENTS, "new"]}


def _teamed(world: World, words: list[str]) -> bool:
    return any(word.strip("{}") in world.of_teams[OWN] for word in words)


def _word(world: World, side: str, word: str, files: dict[str, str]) -> str:
    name = word.strip("{}")
    if word == name:
        return word
    if name in files:
        return files[name]
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
