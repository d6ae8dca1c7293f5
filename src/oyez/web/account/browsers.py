"""Which browser is it, in plain words?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from oyez.kit.browsers import named


def called(agent: str) -> str:
    """ "Firefox on Windows"; "A browser on Linux"; "A browser"."""
    browser, system = named(agent)
    if not system:
        return browser or _("A browser")
    return _("%(browser)s on %(system)s") % {
        "browser": browser or _("A browser"),
        "system": system,
    }
