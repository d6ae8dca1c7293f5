"""How is somebody called on a page, who may be a person, the command line or the house itself?"""

from __future__ import annotations

from django.utils.translation import gettext as _


def called(name: str) -> str:
    """ "Sam Carter"; "root on the command line" for console:root; "Oyez" for its own jobs."""
    kind, found, rest = name.partition(":")
    if found and kind == "console":
        return _("%s on the command line") % rest
    if found and kind == "job":
        return "Oyez"
    return name
