"""As whom does the database server run, and where can that user go?

PostgreSQL refuses to run as root, so under root it runs as somebody unprivileged, who must then be
able to enter the data folder and the folder of the binaries.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from oyez.project.trouble import Trouble


@dataclass(frozen=True, slots=True)
class ServerUser:
    """An account of this machine. `switch` is true where we are root and must become it."""

    name: str
    uid: int
    gid: int
    switch: bool

    def can_enter(self, path: Path) -> bool:
        """May this user enter the folder, or execute the file? The kernel is asked: ACLs count."""
        if not self.switch:
            return os.access(path, os.X_OK)
        answer = subprocess.run(  # noqa: S603  (a fixed command and one path)
            ["test", "-x", str(path)],  # noqa: S607
            user=self.uid, group=self.gid, extra_groups=[], cwd="/", check=False,
        )  # fmt: skip
        return answer.returncode == 0

    def own(self, path: Path, mode: int) -> None:
        """Make the path this user's own."""
        path.chmod(mode)
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def first_closed(self, path: Path) -> Path | None:
        """The topmost folder on the way to `path` that this user cannot enter, if any."""
        on_the_way = [*reversed(path.parents), path]
        return next((folder for folder in on_the_way if not self.can_enter(folder)), None)


def server_user(wanted: str = "") -> ServerUser:
    """Ourselves; as root: the wanted account (OYEZ_PG_USER), else `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return ServerUser(own_name(), os.geteuid(), os.getegid(), switch=False)
    for name in [wanted] if wanted else ["postgres", "nobody"]:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        if account.pw_uid == 0:
            raise Trouble(
                f"PostgreSQL cannot run as {name}: give OYEZ_PG_USER an ordinary account."
            )
        return ServerUser(name, account.pw_uid, account.pw_gid, switch=True)
    missing = wanted or "postgres or nobody"
    raise Trouble(f"This machine has no account {missing}: name one in OYEZ_PG_USER.")


def own_name() -> str:
    """The name of the account that we run as; PostgreSQL's peer check needs one."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise Trouble(
            f"The user id {os.geteuid()} has no name on this machine, and PostgreSQL needs one: "
            "add the account to /etc/passwd, or set OYEZ_DATABASE_URL."
        ) from None
