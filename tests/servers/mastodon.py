"""The independent stand-in for a Mastodon server, as a process of its own on loopback.

`python -m tests.servers.mastodon` prints one line of JSON when it listens. It counts raw characters
although it promises 23 for each address, so its check is handed the text as Mastodon counts it.
The account `council` has the token `council_token`, and `reader_token` with no scope but `read`.
"""

from __future__ import annotations

import json
import re
import socket
import sys
from typing import Any

import uvicorn
from mastodon_mock.app import create_app
from mastodon_mock.config import (
    AuthConfig,
    DatabaseConfig,
    MastodonMockConfig,
    SeedAccount,
    SeedConfig,
)
from mastodon_mock.db.models import Account, OAuthToken
from mastodon_mock.routers import statuses

TOKEN, READER, OTHER = "council_token", "reader_token", "other_token"
SPARE = {"mastodon": "spare_token", "practice_wall": "other_spare_token"}  # to be ended


def count_addresses_as_promised() -> None:
    """The server's own length check, but 23 for each address and no host for a mention."""
    check = statuses._validate_status_params

    def fair(params: dict[str, Any]) -> Any:
        text = re.sub(r"https?://\S+", "x" * 23, str(params.get("status") or ""))
        return check({**params, "status": re.sub(r"(@\w+)@[\w.]+", r"\1", text)})

    statuses._validate_status_params = fair


def configured(port: int) -> MastodonMockConfig:
    accounts = [
        SeedAccount(username="council", display_name="The council", access_token=TOKEN),
        SeedAccount(username="other", display_name="Somebody else", access_token=OTHER),
    ]
    return MastodonMockConfig(
        domain=f"127.0.0.1:{port}",
        database=DatabaseConfig(path=":memory:"),
        auth=AuthConfig(enforce_scopes=True),
        seed=SeedConfig(accounts=accounts),
    )


def add_tokens(app: Any) -> None:
    """Of the same account: one that may only read, and some that may be ended."""
    _add_token(app, READER, ["read"])
    for token in SPARE.values():
        _add_token(app, token, ["read", "write"])


def _add_token(app: Any, token: str, scopes: list[str]) -> None:
    with app.state.session_factory() as session:
        account = session.query(Account).filter(Account.username == "council").one()
        known = session.query(OAuthToken).filter(OAuthToken.access_token == TOKEN).one()
        session.add(
            OAuthToken(
                access_token=token,
                account_id=account.id,
                scopes=scopes,
                created_at=known.created_at,
            )
        )
        session.commit()


def main() -> None:
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 0))
    port = listener.getsockname()[1]
    count_addresses_as_promised()
    app = create_app(configured(port))
    add_tokens(app)
    sys.stdout.write(json.dumps({"ready": True, "port": port}) + "\n")
    sys.stdout.flush()
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    server.run(sockets=[listener])


if __name__ == "__main__":
    main()
