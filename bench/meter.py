"""What did a process and all that it started cost? Processor seconds, and memory fairly shared."""

from __future__ import annotations

from contextlib import suppress

import psutil


def family(pid: int) -> list[psutil.Process]:
    """The process and everything below it that lives."""
    with suppress(psutil.NoSuchProcess):
        head = psutil.Process(pid)
        return [head, *head.children(recursive=True)]
    return []


def cpu(*pids: int) -> float:
    """Seconds used so far, those that have ended and were waited for included."""
    total = 0.0
    for one in (one for pid in pids for one in family(pid)):
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def memory(*pids: int) -> float:
    """Megabytes (proportional set size: what several share is counted once) at this moment."""
    total = 0
    for one in (one for pid in pids for one in family(pid)):
        with suppress(psutil.NoSuchProcess):
            total += one.memory_full_info().pss
    return total / 1e6


def by_words(pid: int) -> list[tuple[str, float]]:
    """The command line of each process of a family, and its megabytes."""
    found = []
    for one in family(pid):
        with suppress(psutil.NoSuchProcess):
            words = " ".join(one.cmdline() or [one.name()])
            found.append((words, one.memory_full_info().pss / 1e6))
    return found
