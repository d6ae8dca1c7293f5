"""The command `oyez`: what is set before anything loads, who answers a verb, which exit code?

`up`, `worker` and `db` are here; all other verbs come from oyez.cli once Django is set up. Exit
codes: 0 done, 1 refused with one sentence on stderr, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import psycopg

from oyez.cli.machine import refuse_a_name
from oyez.kit import clock
from oyez.kit.keys import KeysElsewhere
from oyez.kit.loading import to_stay
from oyez.project import embedded_files, env, house, location, supervisor, supervisor_plan, told
from oyez.project.database_rehearsal import rehearse
from oyez.project.database_verbs import db
from oyez.project.supervisor import warn
from oyez.project.trouble import Trouble


class Verbs(click.Group):
    """Our own verbs, and those that need Django, which is loaded when one of them is looked up."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *_loaded_verbs()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self.commands.get(cmd_name) or _loaded_verbs().get(cmd_name)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", metavar="DIR", help="The data folder, before or after the verb; OYEZ_DATA.")
@click.option(
    "--as",
    "in_the_name_of",
    metavar="EMAIL",
    help="In this person’s name and with their rights alone; the record names them and you.",
)
@click.pass_context
def oyez(context: click.Context, data: str | None, in_the_name_of: str | None) -> None:
    """A social media control room for public bodies."""
    if context.invoked_subcommand in oyez.commands:
        refuse_a_name(in_the_name_of)


@oyez.command()
@click.option("--host", help="The address to listen on; 127.0.0.1 unless OYEZ_HOST says otherwise.")
@click.option("--port", type=click.IntRange(1, 65535), help="8000 unless OYEZ_PORT says otherwise.")
@click.option("--no-practice", is_flag=True, help="Without the practice network.")
def up(host: str | None, port: int | None, no_practice: bool) -> None:
    """Start the house, and keep it running until Ctrl-C."""
    given = {"OYEZ_HOST": host, "OYEZ_PORT": port, "OYEZ_PRACTICE": "no" if no_practice else None}
    os.environ.update({name: str(value) for name, value in given.items() if value is not None})
    settings = env.read()
    asyncio.run(supervisor.Supervisor(settings, os.environ, supervisor_plan.plan(settings)).run())


@oyez.command()
def worker() -> None:
    """Do the queued work (`up` starts one; more may run on other machines)."""
    _with_django("oyez.project.worker").run()


db.add_command(rehearse)
oyez.add_command(db)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code."""
    rest = take_data(list(sys.argv[1:] if arguments is None else arguments))
    if any("\udc80" <= letter <= "\udcff" for word in rest for letter in word):
        return _refused("The command holds bytes that are not UTF-8. Set your terminal to UTF-8.")
    try:
        answer = oyez.main(rest, prog_name="oyez", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as wrong:
        wrong.show()
        return 2
    except click.ClickException as refusal:
        return _refused(refusal.format_message())
    except (Trouble, env.WrongSetting, KeysElsewhere) as trouble:
        return _refused(str(trouble), getattr(trouble, "detail", ""))
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:  # `oyez items | head`: whoever read us has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as surprise:  # noqa: BLE001  (the last door: a person gets a sentence, the log the rest)
        return _refused(_sentence(surprise), traceback.format_exc())
    return answer if isinstance(answer, int) else 0


def take_data(arguments: list[str]) -> list[str]:
    """Take `--data DIR` out, wherever it stands, and set OYEZ_DATA before any setting is read."""
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            return [*rest, word, *words]
        name, equals, value = word.partition("=")
        if name != "--data":
            rest.append(word)
        elif folder := (value if equals else next(words, "")):
            os.environ["OYEZ_DATA"] = folder
        else:
            rest.append(word)  # click says that an argument is missing
    return rest


def _loaded_verbs() -> dict[str, click.Command]:
    """The verbs of oyez.cli, each with the database at hand while it runs."""
    os.environ.setdefault("OYEZ_LOG_FILE", str(_log_file()))
    commands: dict[str, click.Command] = _with_django("oyez.project.loaded").verbs()
    return commands


def _with_django(module: str) -> Any:
    """Set the scene from the running house, then import what needs Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oyez.project.settings")
    settings = env.read()
    location.make_data_folder(settings.data)
    if found := house.running(settings.data):
        for sentence in told.adopt(found, os.environ):
            warn(sentence)
    with to_stay():
        importlib.import_module("django").setup()
        return importlib.import_module(module)


def _sentence(surprise: Exception) -> str:
    if isinstance(surprise.__cause__ or surprise, psycopg.OperationalError):
        return "The database does not answer. data/log/oyez.log says why."
    return f"This is a fault in Oyez ({type(surprise).__name__}): data/log/oyez.log has the detail."


def _refused(sentence: str, detail: str = "") -> int:
    """One sentence for the person; the detail goes to data/log/oyez.log."""
    warn(sentence)
    if detail:
        try:
            _log(_log_file(), f"{sentence}\n{detail.rstrip()}\n")
        except OSError:
            warn(detail)
    return 1


def _log_file() -> Path:
    data = Path(os.environ.get("OYEZ_DATA") or env.default_data_folder(os.environ)).expanduser()
    return data / "log" / "oyez.log"


def _log(log: Path, text: str) -> None:
    log.parent.mkdir(mode=0o750, exist_ok=True)
    embedded_files.trim(log)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{clock.now():%Y-%m-%d %H:%M:%S} {text}")
