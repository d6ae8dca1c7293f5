"""Row 25: secrets of every kind are planted, the house is driven, and every sink is searched."""

from __future__ import annotations

import io
import logging
import subprocess
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from django.test import Client

from oyez.channels import actions as channels
from oyez.channels import jobs as channel_jobs
from oyez.channels.models import Channel
from oyez.cli import verbs
from oyez.deliveries import moment
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.kit.keys import KeyFile
from oyez.kit.seal import new_key
from oyez.ledger.deferring import defer
from oyez.listening import jobs as listening_jobs
from oyez.notices import actions as notices
from oyez.notices import jobs as notice_jobs
from oyez.notices.models import Posting
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import ADMINISTRATOR, OFFICER
from oyez.project import database_verbs, embedded_binaries, env
from tests.canaries.canary import a_canary, found, writings
from tests.canaries.leaky import Held, Leaky
from tests.entering import a_code, signed_in
from tests.factories import BY, a_feed, a_post, a_worker_lives, an_item
from tests.fakes.networks import fakes
from tests.jobs import run_jobs
from tests.notices.conftest import posts_by
from tests.servers.mailbox import Mailbox, mailbox

pytestmark = pytest.mark.django_db(transaction=True)
MOST_PAGES = 70
Planted = dict[str, str]


@pytest.fixture
def planted() -> Planted:
    kinds = ("token", "password", "refresh", "mail password", "signing key", "own password")
    return {kind: a_canary(kind.replace(" ", "-")) for kind in kinds}


@pytest.fixture
def box(settings: Any, planted: Planted) -> Iterator[Mailbox]:
    with mailbox(user="oyez", password=planted["mail password"]) as box:
        secret = next(one for one in writings(planted["mail password"]) if "%2F" in one)
        posts_by(settings, f"smtp://oyez:{secret}@127.0.0.1:{box.port}")
        yield box


@pytest.fixture
def keys(settings: Any, planted: Planted, tmp_path: Path) -> KeyFile:
    file = KeyFile(tmp_path / "seal.keys")
    file.path.write_text(new_key("k1"))
    settings.OYEZ_SEAL_KEYS, settings.SECRET_KEY = file, planted["signing key"]
    planted["old seal key"] = file.text().partition(":")[2]
    return file


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """Everything that anybody says, however softly, procrastinate too."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    loggers = [
        logging.getLogger(name) for name in ("", "procrastinate", "django", "django.request")
    ]
    levels = [logger.level for logger in loggers]
    logging.getLogger().addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield heard
    logging.getLogger().removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def driven(planted: Planted, box: Mailbox, keys: KeyFile, logs: io.StringIO) -> Iterator[Person]:
    """A day in a house in which everything goes wrong; the administrator of it."""
    with fakes(Held, Leaky):
        a_worker_lives()
        ada = people.invite("ada@council.example", name="Ada", role=ADMINISTRATOR, by=BY)
        ada.set_password(planted["own password"])
        ada.save()
        people.invite("sam@council.example", name="Sam", role=OFFICER, by=BY)
        planted["sign-in token"] = people.make_link(ada, by=BY)
        planted["recovery code"] = a_code(ada)
        secrets = {name: planted[name] for name in ("token", "password", "refresh")}
        both = [channels.link(kind.name, secrets, by=BY) for kind in (Held, Leaky)]
        feed = a_feed(to=both)
        an_item(feed)
        a_post("The bridge is open.", to=both)
        run_jobs()
        for channel in both:
            defer(channel_jobs.check_channel, channel_id=channel.pk)
            defer(listening_jobs.watch_channel, channel_id=channel.pk)
        emergency.stop(None, why="Storm", by=BY)
        post_goes()
        box.says["AUTH"] = "535 5.7.8 Authentication credentials invalid"
        emergency.resume(None, by=BY)
        emergency.stop(None, why="Flood", by=BY)
        post_goes()
        channels.rotate(by=BY, grace=timedelta(0))
        planted["new seal key"] = keys.text().partition(":")[2]
        emergency.cut_off(both[1], by=BY)
        emergency.cut_off(None, drill=True, by=BY)
        yield ada


def post_goes() -> None:
    """What waits for its minute goes now."""
    run_jobs()
    Posting.objects.filter(state=Posting.State.WAITING).update(due_at=clock.now())
    notices.hand_out(notice_jobs.deliver)
    run_jobs()


def pages(person: Person, at_most: int = MOST_PAGES) -> Mapping[str, str]:
    """Every page that an administrator can click to, and what it answers to nonsense."""
    client = signed_in(person, Client(raise_request_exception=False))
    todo, seen = deque(["/", "/channels", "/health", "/stop/takeover", "/settings", "/no/such"]), {}
    while todo and len(seen) < at_most:
        if (address := todo.popleft()) in seen:
            continue
        answer = client.get(address)
        if getattr(answer, "streaming", False):
            continue
        seen[address] = answer.content.decode(errors="replace") + str(answer.headers)
        links = BeautifulSoup(answer.content, "html.parser").select("a[href]")
        todo.extend(_within(str(link["href"])) for link in links)
    return {f"page {address}": text for address, text in seen.items()}


def _within(href: str) -> str:
    parts = urlsplit(href)
    return parts.path if not parts.netloc and parts.path.startswith("/") else "/"


def commands() -> Mapping[str, str]:
    """Every verb that only tells, in words and as JSON."""
    root = click.Group("oyez", commands={one.name or "": one for one in verbs.GROUPS})
    told = {}
    for words in _telling(root, ()):
        for more in ((), ("--json",)):
            answer = CliRunner().invoke(root, [*words, *more])
            told[f"command {' '.join(words + more)}"] = answer.output + str(answer.exception)
    return told


def _telling(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _telling(child, (*words, name))
        return
    names = {one.name for one in command.params}
    asks = any(one.required for one in command.params)
    if "as_json" in names and not asks and words[-1] != "rotate":
        yield words


def dump(tmp_path: Path) -> str:
    """The whole database in plain letters, as a backup holds it."""
    given = env.read()
    file = tmp_path / "dump.sql"
    program = embedded_binaries.choose(given.pg_bin, None)["pg_dump"]
    subprocess.run(
        [
            program,
            *database_verbs.LEAVES_OUT,
            "--no-owner",
            "-f",
            str(file),
            "-d",
            moment.address(),
        ],
        check=True,
    )
    return file.read_text()


def test_no_secret_is_in_any_sink(
    driven: Person,
    planted: Planted,
    box: Mailbox,
    logs: io.StringIO,
    tmp_path: Path,
) -> None:
    client = Client()
    client.force_login(driven)
    planted["session"] = client.cookies["oyez"].value
    shown, told = pages(driven), commands()
    letters = "".join(f"{one.letter.as_string()}\n{one.text}" for one in box.got)
    sinks = {"log": logs.getvalue(), "letters": letters, "dump": dump(tmp_path), **shown, **told}
    assert found(planted, sinks) == []
    assert len(shown) > 40, "the pages were not walked"
    assert len(told) > 30, "the commands were not run"
    assert letters, "no e-mail went out"
    assert "A mistake with 3 secrets" in logs.getvalue(), "nothing went wrong"
    assert "535" in logs.getvalue() + sinks["dump"], "the mail server refused nothing"
    assert "The bridge is open." in sinks["dump"], "the dump is empty"


@pytest.mark.parametrize(
    "writes",
    [
        lambda secret: secret,
        lambda secret: f"Authorization: Bearer {secret}\n",
        lambda secret: "https://x.example/?token=" + list(writings(secret))[2],
        lambda secret: secret.encode().hex(),
        lambda secret: list(writings(f"user:{secret}"))[5],
    ],
)
def test_a_canary_would_be_heard(writes: Any) -> None:
    planted = {"token": a_canary("token"), "other": a_canary("other")}
    assert found(planted, {"log": f"before {writes(planted['token'])} after"}) == ["token in log"]
    assert found(planted, {"log": "nothing"}) == []


def test_a_careless_line_of_log_would_be_heard(
    driven: Person, planted: Planted, logs: io.StringIO
) -> None:
    logging.getLogger("oyez.networks").debug("Asking with %s", {"token": planted["token"]})
    assert found(planted, {"log": logs.getvalue()}) == ["token in log"]


def test_a_secret_on_a_page_and_in_an_answer_would_be_heard(
    driven: Person, planted: Planted
) -> None:
    Channel.objects.filter(network=Held.name).update(health_why=f"No {planted['token']} here")
    sinks = {**pages(driven, at_most=12), **commands()}
    heard = found({"token": planted["token"]}, sinks)
    assert any(one.startswith("token in page /") for one in heard)
    assert "token in command channels list --json" in heard
