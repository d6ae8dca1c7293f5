"""`oyez checks`: which rules are looked at, and what they say of a text."""

from __future__ import annotations

import click

from oyez.channels import queries as channels
from oyez.cli import shown
from oyez.decisions import queries
from oyez.policy import registry
from oyez.policy.contract import Finding
from oyez.posts.draft import Draft

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
            "state": "built" if known.get(check.id, check.level) is not None else "off",
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
@shown.as_json
def run(text: str, to: tuple[str, ...], language: str, as_json: bool) -> None:
    """What the checks say of TEXT. Exit code 1 when something must change before it may go."""
    going = channels.named(to) if to else list(channels.writable())
    draft = Draft(text=text, to=tuple(channel.pk for channel in going), language=language)
    looked = queries.look_at_draft(draft, shown.author())
    found = [_row(finding, channel.name) for channel, said in looked.items() for finding in said]
    empty = "No channel is linked to look for." if not going else "The checks have nothing to say."
    shown.rows(found, COLUMNS, plain=as_json, empty=empty)
    if any(row["level"] == "block" for row in found):
        raise SystemExit(1)


def _row(finding: Finding, channel: str) -> dict[str, object]:
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
