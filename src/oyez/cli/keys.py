"""`oyez keys`: which keys seal our secrets, and new ones for old. A key itself is never shown, but
for a new one that a person has to set.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import click

from oyez.channels import actions, events, queries, rules
from oyez.cli import shown
from oyez.kit.keys import KeyFile
from oyez.kit.seal import WrongKeys, new_key
from oyez.ledger.actor import Refusal
from oyez.ledger.sealing import keys as source
from oyez.people import vault

GRACE = int(actions.GRACE.total_seconds())
REMEDIES = {
    "channel": "Link such a channel again, or remove it.",
    "person": "Such a person sets up their factors anew: oyez people reset-factors.",
    "provider": "Remove such a provider and add it again: oyez signin.",
    "record": "What such a key of the record proved can be proved no more.",
}


@click.group(cls=shown.Group)
def keys() -> None:
    """What seals channels’ tokens, second factors and providers’ secrets in the database."""


@keys.command("list")
@shown.as_json
def list_(as_json: bool) -> None:
    """The keys by their ids, how many secrets each sealed, and how many of those open. Exit code 1
    when some do not: their key is missing, or another one has its id.
    """
    shown.refuse_unless(events.KEY_ADDED)
    uses = _uses()
    columns = ("id", "state", "secrets", "open", "since", "kept_in")
    shown.rows([asdict(use) for use in uses], columns, plain=as_json, empty="There is no key.")
    if closed := [use for use in uses if use.open < use.secrets]:
        raise Refusal(" ".join(map(_closed, closed)))


def _closed(use: queries.KeyUse) -> str:
    where = use.kept_in or "the file seal.keys, or OYEZ_KEYS"
    return (
        f"{use.secrets - use.open} of {use.secrets} secrets sealed with {use.id} do not open: "
        f"put that key back ({where})."
    )


@keys.command(cls=shown.OfTheMachine)
@click.option(
    "--grace",
    type=click.IntRange(0, 86_400),
    default=GRACE,
    show_default=True,
    help="Seconds that the old key stays, at the least.",
)
@click.option("--restarted", is_flag=True, help="Every process has both keys in OYEZ_KEYS by now.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def rotate(grace: int, restarted: bool, as_json: bool) -> None:
    """Put a new key first, seal everything anew, drop the old one; the house goes on working.

    Stopped half-way it goes on where it was when it is run again.
    """
    if not isinstance(source(), KeyFile) and not restarted:
        _say_what_to_set()
        return
    done = actions.rotate(
        by=shown.me(),
        grace=timedelta(seconds=grace),
        tell=lambda said: click.echo(said, err=True),
    )
    shown.one(asdict(done), plain=as_json, said=_told(done))
    if done.stuck or (done.kept and isinstance(source(), KeyFile)):
        raise click.exceptions.Exit(1)


def _told(done: actions.Rotation) -> str:
    said = [f"{done.resealed} sealed anew with {done.key}."]
    if done.stuck:
        said.append(f"These do not open: {', '.join(done.stuck)}. {_remedies(done.stuck)}")
    if done.dropped:
        said.append(
            f"Dropped {', '.join(done.dropped)}. Backups from before open only with a copy of the "
            f"old keys; save {source().where} anew, elsewhere."
        )
    if done.kept:
        said.append(f"Kept {', '.join(done.kept)}. {done.why_kept}")
    return " ".join(said)


def _remedies(stuck: list[str]) -> str:
    """What each kind of place needs."""
    kinds = {place.partition(":")[0] for place in stuck}
    return " ".join(said for kind, said in REMEDIES.items() if kind in kinds)


def _say_what_to_set() -> None:
    """Nobody but the operator can change a setting; the first time this shows a new key."""
    given = _uses_of_setting()
    if len(given) == 1:
        name = rules.next_key_name([*given, *(key.name for key in queries.seal_keys())])
        click.echo("Put this first in OYEZ_KEYS, before the comma and what is there now:")
        click.echo(new_key(name))
    else:
        click.echo(f"OYEZ_KEYS holds {', '.join(given)}; the first one will seal.")
    if any(use.id == vault.OLD and use.secrets for use in _uses()):
        click.echo(
            "Or, to seal what is left from before with the key that is there, change nothing."
        )
    click.echo("Restart every process of the house with it, then: oyez keys rotate --restarted")


def _uses() -> list[queries.KeyUse]:
    try:
        return queries.keys_in_use()
    except WrongKeys as wrong:
        raise Refusal(str(wrong)) from wrong


def _uses_of_setting() -> list[str]:
    return [use.id for use in _uses() if use.state in {queries.SEALS, queries.OPENS}]
