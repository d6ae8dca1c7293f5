"""`oyez db rehearse`: would this backup come back? Tried beside the house, and thrown away again.

It comes back into an embedded server of its own, with this house's keys and without pages, worker
or way out, so that nothing can be sent and no token is used.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from oyez.project import env, house, location
from oyez.project.database_verbs import bring_back, fit_the_tables, refuse_unless_readable, run
from oyez.project.trouble import Trouble

HELD = ("people", "channels", "feeds", "messages", "deliveries", "pictures", "events")
KEPT_BESIDE = ("seal.keys", "secret.key")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def rehearse(file: Path, as_json: bool) -> None:
    """Try whether FILE would come back, beside the house and without touching it."""
    refuse_unless_readable(file)
    with _beside(env.read()) as scratch, house.database(scratch, alone=True):
        bring_back(file, scratch)
        fit_the_tables(scratch)
        report = _looked_over(scratch)
    click.echo(json.dumps(report, indent=2) if as_json else "\n".join(_words(file, report)))
    if sealed := report["secrets"] - report["secrets_that_open"]:
        raise Trouble(
            f"{sealed} of {report['secrets']} secrets do not open with the keys here: keep those "
            "of that time beside the backup (seal.keys, or OYEZ_KEYS)."
        )

    if changed := report["record_changed"]:
        raise Trouble(f"The record in it is not whole. {changed}")


@contextmanager
def _beside(settings: env.Env) -> Iterator[env.Env]:
    """A house of its own in a folder of this one, until the end."""
    location.make_data_folder(settings.data)
    with tempfile.TemporaryDirectory(dir=settings.data, prefix="rehearsal-") as folder:
        scratch = Path(folder) / "data"
        Path(folder).chmod(0o711)  # the server's account walks through
        location.make_data_folder(scratch)
        for name in KEPT_BESIDE:
            if (settings.data / name).exists():
                shutil.copy2(settings.data / name, scratch / name)
        yield replace(settings, data=scratch, database_url="")


def _looked_over(scratch: env.Env) -> dict[str, Any]:
    """What is in it, told by a process that sees nothing but the scratch house."""
    said = run([sys.executable, "-m", "oyez.project.rehearsed"], scratch, "Looking it over")
    report: dict[str, Any] = json.loads(said.splitlines()[-1])
    return report


def _words(file: Path, report: dict[str, Any]) -> list[str]:
    held = ", ".join(f"{name} {report[name]}" for name in HELD)
    return [
        f"{file} would come back. {newest(report['newest'])}",
        f"It holds: {held}.",
        f"Of its deliveries {report['to_look_for']} would be looked for before they may go.",
        report["record_changed"] or f"Its record is whole: {report['record_links']} links.",
        f"{report['secrets_that_open']} of {report['secrets']} secrets open with the keys here.",
    ]


def newest(moment: str) -> str:
    """When the last thing in it happened, by the house’s own clock on the wall."""
    if not moment:
        return "Nothing has happened in it."
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(env.read().time_zone))
    return f"The last thing that it knows happened at {local:%H:%M on %A %-d %B %Y}."
