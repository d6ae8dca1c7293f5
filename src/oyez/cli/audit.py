"""`oyez audit`: what happened here, whether the record of it is whole, and a copy to take away."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
from django.conf import settings

from oyez.cli import shown
from oyez.ledger import actions, queries
from oyez.ledger.actor import Refusal
from oyez.ledger.checked import Copy
from oyez.ledger.events import EXPORTED, saying
from oyez.ledger.rules import Mark, mark
from oyez.people import queries as people

if TYPE_CHECKING:
    from oyez.ledger.models import Event
    from oyez.ledger.queries import Verdict
    from oyez.ledger.walk import Break

COLUMNS = ("at", "what", "on", "by", "why")
since = shown.a_day("--since", "From this day on.")
until = shown.a_day("--until", "Up to this day, included.")


@click.group(cls=shown.Group)
def audit() -> None:
    """Who did what, when, why; and the proof that nobody changed it."""


@audit.command("list")
@click.option("--who", default="", help="An e-mail address, feed:3, job:deliveries, console:root.")
@click.option("--what", default="", help="posts.submitted; or posts, for all of that kind.")
@click.option("--on", default="", help="A thing: post:12, channel:3.")
@since
@until
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)
@shown.as_json
def list_(
    who: str, what: str, on: str, since: date | None, until: date | None, limit: int, as_json: bool
) -> None:
    """What happened, newest first."""
    shown.refuse_unless(EXPORTED)
    wanted = queries.Wanted(
        who=_actor(who) if who else None,
        what=what,
        on=queries.thing(on) if on else None,
        since=_begins(since),
        until=_ends(until),
    )
    found = [row(event) for event in queries.record(wanted)[:limit]]
    shown.rows(found, COLUMNS, plain=as_json, empty="Nothing like this is on record.")


def row(event: Event) -> shown.Row:
    return {
        "id": event.pk,
        "at": event.at,
        "kind": event.kind,
        "what": saying(event.kind),
        "on": f"{event.on_kind}:{event.on_id}",
        "by": event.by_name or f"{event.by_kind} {event.by_id}, whose name was erased",
        "by_id": f"{event.by_kind}:{event.by_id}",
        "why": event.data.get("why", ""),
        "data": event.data,
    }


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def head(as_json: bool) -> None:
    """How far the record goes now, for a colleague’s notebook; later: verify --head."""
    shown.refuse_unless(EXPORTED)
    actions.chain_all()
    mark_now = queries.mark()
    if not mark_now.position:
        raise Refusal("The record is empty: there is no head to note yet.")
    said = {"head": str(mark_now), "links": mark_now.position}
    shown.one(said, plain=as_json, said=str(mark_now))


class ANoted(click.ParamType[Mark]):
    """A head as it was noted."""

    name = "head"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Mark:
        if isinstance(value, Mark):
            return value
        if noted := mark(str(value)):
            return noted
        return self.fail(f"“{value}” is no head. Give it as: oyez audit head", param, ctx)


@audit.command()
@click.option("--head", "noted", multiple=True, type=ANoted(), help="As noted from: audit head.")
@click.option(
    "--file",
    "copy",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A copy, made by: audit export. Neither house nor database is asked.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def verify(noted: tuple[Mark, ...], copy: Path | None, as_json: bool) -> None:
    """Is the record whole? Exit 1 when it is not, with the first place that does not hold."""
    if copy:
        said, broken = _of_a_copy(copy, noted)
    else:
        shown.refuse_unless(EXPORTED)
        said, broken = _of_the_house(noted)
    told = {"whole": broken is None, **said, "broken": asdict(broken) if broken else None}
    shown.one(told, plain=as_json, said=_sentences(told, broken))
    if broken:
        raise click.exceptions.Exit(1)


def _of_a_copy(file: Path, noted: tuple[Mark, ...]) -> tuple[dict[str, Any], Break | None]:
    copy = Copy(noted)
    with file.open(encoding="utf-8", errors="surrogateescape") as lines:
        broken = copy.read(lines)
    return {"links": copy.links, "head": str(Mark(copy.position, copy.head.hex()))}, broken


def _of_the_house(noted: tuple[Mark, ...]) -> tuple[dict[str, Any], Break | None]:
    """What is noted by hand may be mistyped: of that, nobody is told and nothing is kept."""
    with _progress("Verifying") as progress:
        if noted:
            verdict = queries.verify(noted=noted, progress=progress)
        else:
            verdict = actions.check(by=shown.me(), progress=progress)
    return _told(verdict), verdict.broken


def _told(verdict: Verdict) -> dict[str, Any]:
    return {
        "links": verdict.links,
        "head": str(Mark(verdict.links, verdict.head.hex())),
        "waiting": verdict.waiting,
        "linked_late": verdict.late,
        "lost_by_restoring": verdict.lost,
    }


def _sentences(told: dict[str, Any], broken: Break | None) -> str:
    if broken:
        whole = f"Up to there {broken.position - 1:,} events are whole."
        return f"The record does not hold at {broken.position:,}: {broken.says} {whole}"
    said = [f"The record is whole: {told['links']:,} events, up to {told['head']}."]
    if told.get("waiting"):
        said.append(
            f"{told['waiting']:,} have no place in it yet: a running worker gives them one."
        )
    for at, lost in (told.get("lost_by_restoring") or {}).items():
        day = datetime.fromisoformat(at).astimezone(_zone())
        said.append(f"A backup was put back on {day:%-d %B %Y}: {lost:,} events after it are lost.")
    return "\n".join(said)


@audit.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "format_", type=click.Choice(["jsonl", "csv"]), default="jsonl")
@since
@until
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
def export(file: Path, format_: str, since: date | None, until: date | None, force: bool) -> None:
    """Write the record to FILE: JSON Lines, which can be verified, or CSV for a spreadsheet."""
    if file.exists() and not force:
        raise Refusal(f"{file} exists: choose another name, or say --force.")
    part, lines = actions.export(format_, _begins(since), _ends(until), by=shown.me())
    draft = file.with_name(f".{file.name}.draft")
    try:
        draft.touch(mode=0o600)
        with draft.open("w", encoding="utf-8", newline="") as out, _progress("Writing") as progress:
            for number, line in enumerate(lines):
                out.write(line)
                if number % 1000 == 0:
                    progress(number, len(part))
        draft.replace(file)
    except OSError as refusal:
        raise Refusal(f"{file} cannot be written ({refusal.strerror}).") from refusal
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"Wrote {len(part):,} events to {file}.")


@audit.command()
@click.argument("kind", type=click.Choice(["person", "reviewer"]))
@click.argument("number", metavar="NUMBER|EMAIL")
@click.option("--why", required=True, help="It stays on the record.")
def forget(kind: str, number: str, why: str) -> None:
    """Erase somebody’s name from the record, which stays whole. What they did stays, without it."""
    who = _actor(number) if "@" in number else (kind, number)
    count = actions.forget(*who, why, by=shown.me())
    click.echo(f"Erased {count} name{'' if count == 1 else 's'} of {' '.join(who)}.")


def _actor(said: str) -> tuple[str, str]:
    kind, colon, number = said.partition(":")
    if "@" in said:
        if found := people.ever(said):
            return "person", str(found.pk)
        raise Refusal(f"Nobody here has had the address {said}.")
    if not colon or not number:
        raise Refusal(f"“{said}” is nobody. Give an e-mail address, or feed:3, job:deliveries.")
    return (kind, said) if kind == "console" else (kind, number)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _begins(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), _zone()) if day else None


def _ends(day: date | None) -> datetime | None:
    return _begins(day + timedelta(days=1)) if day else None


@contextmanager
def _progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """One line at a terminal, nothing elsewhere."""
    at_a_terminal = sys.stderr.isatty()

    def tell(done: int, all_: int) -> None:
        if at_a_terminal:
            click.echo(f"\r  {doing}: {done:,} of {all_:,} ", err=True, nl=False)

    yield tell
    if at_a_terminal:
        click.echo("\r" + " " * 60 + "\r", err=True, nl=False)
