"""Which networks are there, and what do they say of themselves?"""

import pytest

from oyez.networks import registry, table
from oyez.networks.contract import Finds, Standing, Twice


def test_the_four_members_are_there_under_their_names():
    names = [network.name for network in registry.BUILT_IN]
    assert names == ["mastodon", "bluesky", "own_page", "practice_wall"]
    assert [registry.by_name(name) for name in names] == list(registry.BUILT_IN)


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(registry.UnknownNetwork, match=r"“carrier_pigeon”.*mastodon, bluesky"):
        registry.by_name("carrier_pigeon")


def test_an_installed_package_adds_a_network(monkeypatch):
    class Pigeon(registry.by_name("own_page")):
        name = "pigeon"

    class Point:
        name = "pigeon"

        def load(self):
            return Pigeon

    monkeypatch.setattr(registry, "entry_points", lambda group: [Point()])
    registry.all_networks.cache_clear()
    try:
        assert registry.by_name("pigeon") is Pigeon
        Pigeon.name = "mastodon"
        registry.all_networks.cache_clear()
        with pytest.raises(registry.TwoOfOneName, match="mastodon"):
            registry.all_networks()
    finally:
        registry.all_networks.cache_clear()


def test_only_linked_networks_are_offered_to_administrators():
    assert [n.name for n in registry.standing(Standing.LINKED)] == ["mastodon", "bluesky"]
    assert [n.name for n in registry.standing(Standing.OURS)] == ["own_page"]
    assert [n.name for n in registry.standing(Standing.PRETEND)] == ["practice_wall"]


@pytest.mark.parametrize("network", registry.BUILT_IN, ids=lambda network: network.name)
def test_who_says_findable_can_find(network):
    assert network.twice is not Twice.FINDABLE or issubclass(network, Finds)


def test_linking_fields_become_options_of_known_names():
    fields = {n.name: [field.name for field in n.fields] for n in registry.BUILT_IN}
    assert fields == {
        "mastodon": ["server", "secret", "client_id", "client_secret"],
        "bluesky": ["server", "identifier", "secret"],
        "own_page": [],
        "practice_wall": ["server", "secret", "client_id", "client_secret"],
    }
    assert all(f.secret == f.name.endswith("secret") for n in registry.BUILT_IN for f in n.fields)


def test_the_page_of_networks_has_a_row_for_each():
    rows = [line for line in table.markdown().splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(registry.BUILT_IN)
    assert "| Mastodon | `mastodon` | a network of somebody else's" in rows[2]
    assert rows[2].endswith(
        "| server, secret, client_id, client_secret | looks for its own posts, replies and threads,"
        " edits, deletes, shows what others post as us, ends our own access |"
    )
