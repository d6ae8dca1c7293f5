"""How does a child end with its parent, even when the parent is killed?

Run as a program, on the standard library alone: `lifeline.py SIGNAL PARENT ACCOUNT COMMAND…` asks
the kernel to send SIGNAL to this process when PARENT dies, and becomes COMMAND. It turns into
ACCOUNT ("uid:gid", or "-" to stay) first, since the kernel forgets the wish whenever a process
changes its user (prctl(2), PR_SET_PDEATHSIG).
"""

from __future__ import annotations

import ctypes
import os
import sys
from signal import SIGTERM, Signals

PR_SET_PDEATHSIG = 1


def tied(command: list[str], end: Signals = SIGTERM, account: str = "-") -> list[str]:
    """The command line that runs `command` so that it gets `end` when the calling process dies."""
    shim = [sys.executable, "-I", "-S", __file__, str(int(end)), str(os.getpid()), account]
    return shim + command


def main(end: str, parent: str, account: str, *command: str) -> None:
    if account != "-":
        uid, gid = map(int, account.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(end), 0, 0, 0)
    if os.getppid() == int(parent):  # else it died before we asked
        os.execv(command[0], command)  # noqa: S606  (becoming the command is the purpose)


if __name__ == "__main__":
    main(*sys.argv[1:])
