"""`oyez db`: how is the database saved, brought back, and fitted to newer code?

A backup is what pg_dump writes in its custom format. A restore happens whole or not at all.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click
import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from oyez.deliveries.rules import RESTORED
from oyez.emergency.rules import BY_RESTORE
from oyez.project import embedded_binaries, env, house, location
from oyez.project.database_record import record_restore
from oyez.project.embedded_binaries import Binaries
from oyez.project.embedded_files import major_of
from oyez.project.trouble import Trouble

BESIDE = (
    "Copy elsewhere, too, from {data}: seal.keys (or what OYEZ_KEYS says), without which none of "
    "its tokens opens; and record.head and record.marks, without which nobody can tell whether the "
    "end of its record is missing."
)
PUT_BACK = (
    "Its tokens open only with the seal.keys of that time in {data} (or in OYEZ_KEYS): see to that "
    "before you start it."
)
EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC;"
LEAVES_OUT = ("--exclude-table-data=public.django_session",)  # whoever has one is signed in
TABLES = (
    "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
)
# What the backup still thinks waiting may have been sent since: it is looked for there before it
# may go (deliveries/actions/restoring.py), and a person looks before sending goes on.
STOPPED = f"""
SET search_path = public;
DO $$ DECLARE words text; BEGIN IF to_regclass('public.emergency_stop') IS NOT NULL THEN
  WITH ended AS (
    UPDATE emergency_stop SET ended_at = now() WHERE channel_id IS NULL AND ended_at IS NULL
    RETURNING why)
  SELECT string_agg(' It was stopped before: ' || why, '') INTO words FROM ended;
  INSERT INTO emergency_stop (channel_id, why, by_name, began_at)
  SELECT NULL, left('Restored from a backup: look at what has been sent since, then resume.'
                    || coalesce(words, ''), 300), '{BY_RESTORE}', now();
  INSERT INTO ledger_event (kind, on_kind, on_id, by_kind, by_id, by_name, at, data)
  SELECT 'emergency.stopped', 'emergency.stop', id::text, 'console', by_name,
         by_name, now(), '{{}}' FROM emergency_stop
  WHERE by_name = '{BY_RESTORE}' AND ended_at IS NULL;
  UPDATE deliveries_delivery SET state = 'waiting', evidence = evidence || '{{"{RESTORED}": true}}'
  WHERE kind = 'publish' AND state IN ('waiting', 'queued');
  UPDATE feeds_feed SET seeds_next = true, etag = '', last_modified = '';
END IF; END $$;
"""  # noqa: S608  the names are ours
HANGS_UP_WITHIN = 3.0  # seconds
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


@click.group()
def db() -> None:
    """Save the database, bring it back, fit it to this version."""


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
def backup(file: Path, force: bool) -> None:
    """Save the whole database to FILE, also while the house runs."""
    settings = env.read()
    if file.exists() and not force:
        raise Trouble(f"{file} exists: choose another name, or say --force.")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with house.database(settings):
        try:
            draft.touch(mode=0o600)
            command = [_binaries(settings)["pg_dump"], "-Fc", *LEAVES_OUT, "--no-owner"]
            command += ["-f", str(draft)]
            run(command, settings, "Saving the database", watched=draft)
            draft.replace(file)
        except OSError as refusal:
            raise Trouble(f"{file} cannot be written ({refusal.strerror}).") from refusal
        finally:
            draft.unlink(missing_ok=True)
    click.echo(f"Saved {_size(file)} to {file}.")
    click.echo(BESIDE.format(data=settings.data))


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is in the database now.")
def restore(file: Path, force: bool) -> None:
    """Bring back a backup, while no house runs. Either all of it comes back or nothing changes."""
    settings = env.read()
    refuse_unless_readable(file)
    with house.database(settings, alone=True):
        refuse_if_used(settings, force=force)
        bring_back(file, settings)
    click.echo(f"Brought back {file}. The next start fits its tables to this version.")
    click.echo("Sending is stopped. Once it runs, it looks for what went out since the backup;")
    click.echo("see what it found (oyez deliveries), then: oyez resume")
    click.echo(PUT_BACK.format(data=settings.data))


@db.command()
def migrate() -> None:
    """Fit the tables to this version; `up` does so by itself."""
    settings = env.read()
    with house.database(settings):
        fit_the_tables(settings)
    click.echo("The tables fit this version.")


def refuse_unless_readable(file: Path) -> None:
    if not os.access(file, os.R_OK):
        raise Trouble(f"{file} cannot be read: name a file that `oyez db backup` wrote.")


def bring_back(file: Path, settings: env.Env) -> None:
    """Replace what is in the database, whole or not at all; sending is stopped from then on."""
    with tempfile.NamedTemporaryFile(dir=settings.data, prefix=".restore-") as script:
        binaries = _binaries(settings)
        plain = ["--no-owner", "--no-privileges", "-f", script.name]
        read = [binaries["pg_restore"], *plain, str(file)]
        run(read, settings, "Reading the backup", watched=Path(script.name))
        whole = ["-Xq", "--single-transaction", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
        write = [binaries["psql"], *whole, "-c", EMPTY, "-f", script.name, "-c", STOPPED]
        run(write, settings, "Bringing it back")
    if lost := record_restore(make_conninfo(**_address(settings)), settings.data, file):
        click.echo(f"What was recorded after the backup is lost: {lost:,} events.", err=True)


def fit_the_tables(settings: env.Env) -> None:
    run([sys.executable, "-m", "django", "migrate", "--noinput"], settings, "Fitting the tables")


def refuse_if_used(settings: env.Env, *, force: bool) -> None:
    """Nobody else may be at work there, and nothing may be lost unasked."""
    with psycopg.connect(make_conninfo(**_address(settings)), autocommit=True) as connection:
        others = _others_stay(connection)
        tables = connection.execute(TABLES).fetchone()
    if others:
        raise Trouble("Other programs still use this database: stop the house everywhere first.")
    if tables and tables[0] and not force:
        raise Trouble("The database is not empty: say --force to replace what is in it.")


def _others_stay(connection: psycopg.Connection) -> bool:
    """Whoever hung up a moment ago, as those did who asked whether the server is up, is still
    listed on a busy machine until its process has ended.
    """
    until = time.monotonic() + HANGS_UP_WITHIN
    while any(row[0] for row in connection.execute(OTHERS)):
        if time.monotonic() > until:
            return True
        time.sleep(0.1)
    return False


def _binaries(settings: env.Env) -> Binaries:
    """Programs of the cluster's own version; for an external server the newest of the wheel."""
    major = major_of(settings.data / "pg") if settings.embedded else None
    return embedded_binaries.choose(settings.pg_bin, major)


def _address(settings: env.Env) -> dict[str, Any]:
    """Where the database is, in libpq's words."""
    django = location.database(settings)
    names = {
        "HOST": "host",
        "PORT": "port",
        "NAME": "dbname",
        "USER": "user",
        "PASSWORD": "password",
    }
    place = {libpq: django[name] for name, libpq in names.items() if django.get(name)}
    return {**django["OPTIONS"], **place}


def surroundings(settings: env.Env) -> dict[str, str]:
    """The same for a program: PGHOST and so on, as far as libpq has a variable for it."""
    address = _address(settings)
    options = [(o.keyword.decode(), (o.envvar or b"").decode()) for o in Conninfo.get_defaults()]
    return {name: str(address[key]) for key, name in options if name and key in address}


def run(command: list[str], settings: env.Env, doing: str, watched: Path | None = None) -> str:
    """Run it for this house with one line of progress; what it said. Trouble, with its last words,
    if it failed.
    """
    given = {
        "DJANGO_SETTINGS_MODULE": "oyez.project.settings",
        "OYEZ_DATA": str(settings.data),
        "OYEZ_DATABASE_URL": settings.database_url,
        **surroundings(settings),
    }
    click.echo(f"{doing}…", err=True)
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as words:
        environ = {**_told(command), **given}
        process = subprocess.Popen(command, env=environ, stdout=words, stderr=words)  # noqa: S603
        _watch(process, watched)
        words.seek(0)
        if process.returncode:
            raise Trouble(f"{doing} failed; nothing was changed. {_last_line(words.read())}")
        return words.read()


def _told(command: list[str]) -> dict[str, str]:
    """Our own programs know our settings; the database’s need none of our keys and passwords."""
    if command[0] == sys.executable:
        return dict(os.environ)
    return {name: text for name, text in os.environ.items() if not name.startswith("OYEZ_")}


def _watch(process: subprocess.Popen[bytes], growing: Path | None) -> None:
    """Show at a terminal how a file grows, until the process ends."""
    shown = growing is not None and sys.stderr.isatty()
    while process.poll() is None:
        time.sleep(0.05)
        if shown and growing and growing.exists():
            click.echo(f"\r  {_size(growing)} ", err=True, nl=False)
    if shown:
        click.echo("\r", err=True, nl=False)


def _last_line(words: str) -> str:
    return next((line for line in reversed(words.splitlines()) if line.strip()), "")


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB"
