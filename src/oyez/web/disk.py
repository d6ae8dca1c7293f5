"""How do people read that the disk fills? On every page, and on the one that says that nothing was
saved.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from oyez.kit.disk import Disk, Level
from oyez.web.strip import Strip, provide


@provide
def strip(request: HttpRequest) -> Strip | None:
    """Red when nothing can be saved, else yellow; everybody should tell who keeps the machine."""
    return _strip(settings.OYEZ.disk())


def _strip(disk: Disk) -> Strip | None:
    if disk.level == Level.ENOUGH:
        return None
    if disk.full:
        return Strip(
            "full", _("The disk is full."),
            _("Nothing can be saved. Ask whoever keeps the machine to make room; all then goes on "
              "by itself."),
        )  # fmt: skip
    left = _("The disk has %d MB left.") % disk.free
    if disk.level == Level.LOW:
        return Strip("low", left, _("Ask whoever keeps the machine to make room."))
    return Strip(
        "low", left,
        _("No feeds are read and no pictures or films are taken in; messages still go out. Ask "
          "whoever keeps the machine to make room."),
    )  # fmt: skip
