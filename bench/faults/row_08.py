"""Twenty processes use one channel whose tokens run out, while keys rotate and somebody is killed;
then, again and again, somebody dies with the network's answer in hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import a_folder
from tests.faults.crowd import crowded, dies_with_new_tokens, link, uses_once
from tests.faults.place import Place, a_place, make_template
from tests.faults.tokens import Issuer, issuing

PROCESSES, ROTATIONS, KILLS, LIFETIME = 20, 5, 20, 40


@contextmanager
def _a_house(**how: object) -> Iterator[tuple[Place, Issuer, int]]:
    with a_folder() as folder, issuing(**how) as issuer:
        (folder / "template").mkdir()
        template = make_template(folder / "template")
        with a_place(template, folder / "house", f"127.0.0.1:{issuer.port}") as place:
            yield place, issuer, link(place, issuer)


def run(asked: Asked) -> Found:
    kills = asked.kills or KILLS
    with _a_house(lifetime=LIFETIME) as (place, issuer, channel):
        many = {"processes": PROCESSES, "threads": 1, "rotations": ROTATIONS}
        crowd = crowded(place, channel, **many, kills=kills // 2, seed=asked.seed)
        twice = len(issuer.renewed) - len(set(issuer.renewed))
        found = {
            "kills": kills // 2,
            "requests": crowd["used"],
            "expiries": issuer.expiries,
            "refreshes": len(issuer.renewed),
            "asked_twice": twice + len(issuer.refused),
            "rotations": crowd["rotations"],
            "tokens_lost": len(crowd["stuck"]),
        }
    with _a_house(grace=True) as (place, issuer, channel):
        for number in range(kills - kills // 2):
            dies_with_new_tokens(place, issuer, channel, number)
            uses_once(place, channel)
        found["kills"] = kills
        found["tokens_lost"] += len(issuer.refused)
    if found["asked_twice"] or found["tokens_lost"] or len(crowd["keys"]) != 1:
        raise NotHeld(found, f"The keys left are {crowd['keys']}.")
    return found


ROW = Row(8, "Tokens that work once: one refresh for each expiry, and no key change loses any", run)
