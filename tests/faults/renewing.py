"""A network whose tokens run out, and processes that use it all at once.

`python -m tests.faults.renewing CHANNEL THREADS` uses the channel until its standard input closes,
and tells how often it could; `python -m tests.faults.renewing rotate` puts a new key first.
`… people` makes people with an app, and tells their recovery codes; `… codes` uses up those that it
is given, one after the other.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Event
from typing import Any, ClassVar

from oyez.kit.fetch import Fetch
from oyez.networks._http import Request, exchange
from oyez.networks.contract import (
    Facts,
    Field,
    Later,
    Link,
    Message,
    NetworkError,
    Progress,
    Receipt,
    Refused,
    SignedOut,
)
from tests.faults.networks.keyed import Keyed

PEOPLE, PAUSE = 4, 0.4  # seconds between codes, so that rotations come between
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238, appendix B


class Stale(SignedOut):
    """The access token has run out."""


def _complaint(status: int, said: Mapping[str, Any]) -> NetworkError:
    if status == 401:
        return Stale("The access token has run out.")
    return Refused(f"The issuer refused it: {said.get('error')}.")


class Renewing(Keyed):
    """One account of an issuer: an access token that runs out, a refresh token that works once."""

    name: ClassVar[str] = "judged_renewing"
    title: ClassVar[str] = "Renewing"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("server", "Server"),
        Field("access", "Access token", secret=True),
        Field("refresh", "Refresh token", secret=True),
    )

    @classmethod
    def link(cls, fetch: Fetch, answers: Mapping[str, str]) -> Link:
        facts = {"server": answers["server"], "account": "renewing"}
        secrets = {name: answers[name] for name in ("access", "refresh")}
        return Link("renewing", "renewing", answers["server"], facts, secrets)

    def __init__(self, fetch: Fetch, facts: Facts, keyring: Any) -> None:
        super().__init__(fetch, facts, keyring)
        self._server = str(facts["server"])

    def check(self) -> Facts:
        self._signed_in(lambda bearer: Request("GET", f"{self._server}/who", bearer))
        return {}

    def publish(self, message: Message, progress: Progress) -> Receipt:
        def request(bearer: Mapping[str, str]) -> Request:
            headers = {**bearer, "idempotency-key": progress.key}
            words = {"text": message.text}
            return Request("POST", f"{self._server}/posts", headers, words, writes=True)

        do = lambda: str(self._signed_in(request)["id"])  # noqa: E731
        return Receipt(
            number := progress.once("post", do, harmless=True), f"{self._server}/{number}"
        )

    def _signed_in(self, request: Callable[[Mapping[str, str]], Request]) -> Any:
        """As long as it takes: others use the token up, too."""
        access = self._keyring.read("access")
        while True:
            try:
                return exchange(self._fetch, request(_bearer(access)), _complaint)
            except Stale:
                access = self._keyring.renew("access", access, self._fresh)

    def _fresh(self) -> Mapping[str, str]:
        words = {"refresh": self._keyring.read("refresh")}
        try:
            tokens: Mapping[str, str] = exchange(
                self._fetch, Request("POST", f"{self._server}/token", {}, words), _complaint
            )
        except Refused as error:
            raise SignedOut("The sign-in has run out. Link the channel again.") from error
        return tokens


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def use(channel_id: int, threads: int) -> dict[str, int]:
    """The channel, from so many threads, until nobody listens any more."""
    from django.db import connection

    from oyez.channels import queries

    over = Event()

    def one() -> int:
        count = 0
        try:
            while not over.is_set():
                with suppress(Later):  # a busy machine answers late
                    queries.network_of(queries.one(channel_id)).check()
                    count += 1
            return count
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        tries = [pool.submit(one) for _ in range(threads)]
        sys.stdin.read()
        over.set()
        return {"used": sum(one.result() for one in tries)}


def rotate() -> dict[str, object]:
    from oyez.channels import actions
    from oyez.people.rules import console

    done = actions.rotate(by=console("tester"), grace=timedelta(0))
    return {"key": done.key, "dropped": done.dropped, "stuck": done.stuck}


def people() -> dict[str, list[str]]:
    """Each with an app, and their recovery codes."""
    from oyez.kit import clock
    from oyez.people import actions, codes
    from oyez.people.rules import console

    found = {}
    for number in range(PEOPLE):
        person = actions.invite(f"p{number}@council.example", by=console("tester"))
        shown = codes.shown(SECRET, int(clock.now().timestamp()) // codes.STEP)
        found[person.email] = actions.add_app(person, SECRET, shown, by=person)
    return found


def use_codes(given: Mapping[str, list[str]]) -> dict[str, int]:
    """Everybody uses all of theirs; what their app is given opens at each step."""
    from oyez.people import actions, factors, queries
    from oyez.people.rules import door

    used = opened = 0
    for email, codes in given.items():
        person = queries.person(email)
        assert person
        for code in codes:
            time.sleep(PAUSE)
            used += actions.use_code(person, code, by=door()) == "recovery code"
            app = factors.app(person)
            opened += bool(app and factors.opened(app) == SECRET)
    return {"used": used, "opened": opened}


def main() -> None:
    import django

    django.setup()
    import oyez.project.flow

    assert oyez.project.flow
    what = sys.argv[1]
    found: Any
    if what == "codes":
        found = use_codes(json.loads(sys.argv[2]))
    elif what in ALONE:
        found = ALONE[what]()
    else:
        found = use(int(what), int(sys.argv[2]))
    sys.stdout.write(json.dumps(found) + "\n")


ALONE: Mapping[str, Callable[[], Any]] = {"rotate": rotate, "people": people}

if __name__ == "__main__":
    main()
