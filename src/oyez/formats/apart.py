"""What may a process that reads hostile bytes never do? As much of it as the kernel enforces."""

from __future__ import annotations

import ctypes
import os
import resource

_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # sched.h: CLONE_NEWNET, CLONE_NEWUSER
_NO_NEW_PRIVILEGES = 38  # prctl.h


def leave_the_network() -> bool:
    """Into a network of our own with nothing in it, for this process and its children: not even
    loopback answers there. True where the kernel lets us; sockets that are open stay so.
    """
    libc = _libc()
    if libc is None:
        return False
    root = os.geteuid() == 0
    return bool(libc.unshare(_NEW_NETWORK if root else _NEW_USER | _NEW_NETWORK) == 0)


def gain_nothing() -> None:
    """From now on no program that is started can have more rights than we have."""
    if libc := _libc():
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def hold_to(limits: dict[int, int]) -> None:
    """Set each limit, hard, or what the machine allows where that is less."""
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _libc() -> ctypes.CDLL | None:
    """Linux alone knows these calls."""
    libc = ctypes.CDLL(None, use_errno=True)
    return libc if hasattr(libc, "unshare") and hasattr(libc, "prctl") else None
