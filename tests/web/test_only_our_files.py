"""Is anything served that we did not mean to: sources, folders, what lies beside them?"""

from __future__ import annotations

import pytest
from django.test import Client

from oyez.web.guard import HEADERS

STYLE = "/static/oyez/oyez.css"


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/static/.git/config",
        "/static/../.git/config",
        "/static/%2e%2e/%2e%2e/project/settings.py",
        "/static//etc/passwd",
        "/static/oyez/../../guard.py",
        "/src/oyez/project/settings.py",
        "/pyproject.toml",
    ],
)
def test_no_source_and_no_file_beside_is_served(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code in {302, 404}


@pytest.mark.parametrize("path", ["/static/", "/static/oyez/", "/static/oyez"])
def test_a_folder_is_not_listed(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"oyez.css" not in answer.content.split(b"</head>")[-1]


def test_what_is_served_is_as_strict_as_a_page(client: Client) -> None:
    answer = client.get(STYLE)
    assert answer.status_code == 200
    assert answer["Content-Type"] == 'text/css; charset="utf-8"'
    assert {name: answer.get(name) for name in HEADERS} == HEADERS
