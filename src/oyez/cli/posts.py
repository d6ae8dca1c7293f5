"""`oyez posts`: many messages at once, from a table."""

from __future__ import annotations

from pathlib import Path

import click

from oyez.cli import shown
from oyez.posts import actions, queries

COLUMNS = ("line", "text", "message", "problems")


@click.group(cls=shown.Group)
def posts() -> None:
    """Messages: import many as drafts."""


@posts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would become of each line.")
@shown.as_json
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Make a draft of each good line of a CSV file. Exit code 1 when a line is not good.

    Columns: text, channels (with ; between), date, time, link, title, language.
    """
    lines = queries.read_table(file.read_bytes())
    made = iter(actions.import_lines(lines, by=shown.me()) if not dry_run else ())
    numbers = [next(made).pk if line.draft and not dry_run else None for line in lines]
    rows = [
        {
            "line": line.number,
            "text": line.text if as_json else line.text[:60],
            "message": number,
            "problems": list(line.problems) if as_json else " ".join(line.problems),
        }
        for line, number in zip(lines, numbers, strict=True)
    ]
    shown.rows(rows, COLUMNS, plain=as_json, empty="There is no message in it.")
    good = sum(line.draft is not None for line in lines)
    if not as_json:
        verb = "would become" if dry_run else "became"
        click.echo(f"{good} of {len(lines)} lines {verb} drafts.")
    if good < len(lines):
        raise click.exceptions.Exit(1)
