"""What counts as a change of an account on a server with Mastodon’s API?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from oyez.networks._mastodon import changes

SERVER = "https://social.example"
PROFILE: Mapping[str, Any] = {
    "display_name": "Town",
    "note": "<p>News of the town</p>",
    "url": f"{SERVER}/@town",
    "avatar": f"{SERVER}/files/1/arms.png?123",
    "header": f"{SERVER}/files/1/bridge.png",
    "fields": [{"name": "Web", "value": "<a href='https://town.example'>town.example</a>"}],
}
MARK = changes.since("", [], PROFILE, SERVER).mark


def seen(profile: Mapping[str, Any], *page: Mapping[str, Any], mark: str = MARK) -> list[str]:
    return [one.remote_id for one in changes.since(mark, page, profile, SERVER).seen]


@pytest.mark.parametrize(
    "changed",
    [
        {"display_name": "Coins"},
        {"note": "<p>News of the town. Coins!</p>"},
        {"avatar": f"{SERVER}/files/1/coins.png"},
        {"header": f"{SERVER}/files/1/coins.png"},
        {"fields": [{"name": "Web", "value": "evil.example"}]},
        {"fields": []},
    ],
)
def test_what_people_read_and_see_of_the_profile_is_one(changed: Mapping[str, Any]) -> None:
    assert seen({**PROFILE, **changed}) == ["profile"]


@pytest.mark.parametrize(
    "changed",
    [
        {"fields": [{**PROFILE["fields"][0], "verified_at": "2026-11-28T14:00:00Z"}]},
        {"note": '<p class="new-markup">News of the town</p>'},
        {"avatar": "https://cdn.example/other/place/arms.png?456"},
        {"followers_count": 12, "last_status_at": "2026-11-28", "statuses_count": 99},
    ],
)
def test_what_the_server_changes_by_itself_is_none(changed: Mapping[str, Any]) -> None:
    assert seen({**PROFILE, **changed}) == []


@pytest.mark.parametrize("fields", [None, "words", [None, 3], {"name": "x"}])
def test_a_profile_that_makes_no_sense_breaks_nothing(fields: object) -> None:
    odd = {**PROFILE, "fields": fields, "note": 3, "avatar": None}
    assert seen(odd) == ["profile"]


def a_status(number: str, edited: object) -> Mapping[str, Any]:
    return {
        "id": number,
        "content": "Words",
        "created_at": "2026-01-01T00:00:00Z",
        "edited_at": edited,
    }


def test_each_edit_is_told_once_and_what_never_was_edited_is_not() -> None:
    first = changes.since(MARK, [a_status("2", None), a_status("1", NOON)], PROFILE, SERVER)
    assert [one.remote_id for one in first.seen] == ["1"]
    assert seen(PROFILE, a_status("1", NOON), mark=first.mark) == []
    assert seen(PROFILE, a_status("1", "2026-11-28T12:00:00.001Z"), mark=first.mark) == ["1"]


@pytest.mark.parametrize("edited", ["soon", 7, [], "2026-13-45T00:00:00Z"])
def test_a_moment_that_is_none_is_no_edit(edited: object) -> None:
    assert seen(PROFILE, a_status("1", edited)) == []


NOON = "2026-11-28T12:00:00.000Z"
