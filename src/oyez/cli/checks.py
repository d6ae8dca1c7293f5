"""`oyez checks`: which rules are looked at, and what they say of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.decisions import actions, queries
from oyez.ledger.actor import Refusal
from oyez.policy import registry, rules
from oyez.policy.contract import Finding, Level
from oyez.policy.running import verdict
from oyez.posts import queries as posts
from oyez.posts.draft import Draft
from oyez.posts.events import STARTED

LEVELS = click.Choice([*rules.LEVELS, rules.OFF, rules.OWN])
COLUMNS = ("id", "level", "message", "words", "channel", "source")


@click.group(cls=shown.Group)
def checks() -> None:
    """What is looked at before anything goes out."""


@checks.command("list")
@shown.as_json
def list_(as_json: bool) -> None:
    """Every check with its level, and those that are only planned."""
    known = queries.levels()
    found: list[shown.Row] = [
        {
            "id": check.id,
            "state": _state(check.id, known.get(check.id, check.level)),
            "level": (known.get(check.id) or check.level).name.lower(),
            "title": check.title,
            "role": check.role,
            "why": check.why,
            "source": check.source,
        }
        for check in registry.CHECKS
    ]
    found += [
        {"id": pk, "state": "planned", "level": "", "title": title, "role": "", "source": ""}
        for pk, title in registry.PLANNED
    ]
    columns = ("id", "state", "level", "title", "role", "source")
    shown.rows(found, columns, plain=as_json, empty="There are no checks.")


@checks.command()
@click.option("--text", required=True, help="What would be said.")
@click.option("--to", multiple=True, metavar="CHANNEL", help="Where; every channel unless said.")
@click.option("--language", default="en", show_default=True)
@click.option("--follow", is_flag=True, help="First look where its links lead.")
@shown.as_json
def run(text: str, to: tuple[str, ...], language: str, follow: bool, as_json: bool) -> None:
    """What the checks say of TEXT. Exit code 1 when something must change before it may go."""
    if follow:
        shown.refuse_unless(STARTED)  # as for whoever writes it: its links are asked
    going = channels.named(to) if to else list(channels.writable())
    draft = Draft(text=text, to=tuple(channel.pk for channel in going), language=language)
    for link in queries.links_of(draft) if follow else ():
        actions.follow(link)
    looked = queries.look_at_draft(draft, shown.author())
    found = [_row(finding, channel.name) for channel, said in looked.items() for finding in said]
    empty = "No channel is linked to look for." if not going else "The checks have nothing to say."
    rows = found if as_json else [{**row, "words": "; ".join(row["words"])} for row in found]
    shown.rows(rows, COLUMNS, plain=as_json, empty=empty)
    if any(row["level"] == "block" for row in found):
        raise SystemExit(1)


def _state(check: str, level: Level | None) -> str:
    if level is None:
        return "off"
    if check in queries.KEPT_BY_THE_DESK:
        return "kept by the desk"
    return "not in use" if check in queries.NOT_GIVEN else "built"


def _row(finding: Finding, channel: str) -> dict[str, Any]:
    return {
        "id": finding.check,
        "level": finding.level.name.lower(),
        "title": finding.title,
        "message": finding.message,
        "words": list(finding.words),
        "source": finding.source,
        "role": finding.role,
        "fixed": finding.fixed,
        "channel": channel,
    }


@checks.command("dry-run")
@click.argument("check")
@click.argument("level", type=LEVELS)
@click.option("--last", type=click.IntRange(1, queries.MOST), default=500, show_default=True)
@shown.as_json
def dry_run(check: str, level: str, last: int, as_json: bool) -> None:
    """What CHECK at LEVEL would have held of the last messages. Nothing is changed."""
    tried = queries.dry_run(check, level, last)
    found: list[shown.Row] = [
        {
            "message": one.wording.variant.post_id,
            "channel": one.wording.channel.name,
            "now": _verdict(one.before),
            "then": _verdict(one.after),
            "says": " ".join(f.message for f in (one.after or one.before)),
            "words": [word for f in (one.after or one.before) for word in f.words],
        }
        for one in tried.caught
    ]
    shown.rows(found, tuple(found[0]) if found else (), plain=as_json, empty="It says nothing.")
    if not as_json:
        click.echo(
            f"It would have spoken on {tried.spoken} of the last {tried.looked} messages, and held"
            f" {tried.held} (as things stand: {tried.held_now})."
        )


@checks.command()
@click.option("--text", default="", help="What would be said.")
@click.option("--message", type=int, help="The number of a message, instead of a text.")
@click.option("--level", "changes", multiple=True, metavar="CHECK=LEVEL", help="Such as AC-9=block")
@shown.as_json
def replay(text: str, message: int | None, changes: tuple[str, ...], as_json: bool) -> None:
    """What the checks would have said with these levels. Nothing is changed."""
    if bool(text) == (message is not None):
        raise Refusal("Give either --text or --message.")
    wanted = dict(_change(one) for one in changes)
    if message is not None:
        played = queries.replay(posts.one(message), wanted)
    else:
        going = list(channels.writable())
        draft = Draft(text=text, to=tuple(channel.pk for channel in going))
        played = queries.replay_text(draft, dict.fromkeys(going, text), wanted, shown.author())
    found = [
        {**_row(finding, channel.name), "when": when}
        for channel, one in played.items()
        for when, findings in (("now", one.before), ("then", one.after))
        for finding in findings
    ]
    shown.rows(found, ("when", *COLUMNS), plain=as_json, empty="The checks have nothing to say.")


def _change(given: str) -> tuple[str, str]:
    check, equals, level = given.partition("=")
    if not equals:
        raise Refusal(f"“{given}” is no change. Write it such as AC-9=block.")
    return check, level.casefold()


def _verdict(found: Sequence[Finding]) -> str:
    level = verdict(found)
    return level.name.lower() if level else ""
