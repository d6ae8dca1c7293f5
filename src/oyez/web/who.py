"""How is somebody called on a page: a person, the command line, the house itself, an office?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.kit.text import reveal
from oyez.people import rules

OFFICES: Mapping[str, str | Promise] = {
    rules.ADMINISTRATOR: later("administrator"),
    rules.OFFICER: later("communications officer"),
    rules.APPROVER: later("approver"),
    rules.MONITORING_OFFICER: later("monitoring officer"),
    rules.DATA_PROTECTION: later("data protection officer"),
    rules.COMMUNICATIONS_HEAD: later("communications head"),
    rules.DUTY_MANAGER: later("duty manager"),
    rules.EMERGENCY_PLANNING: later("emergency planning"),
}


_OURS = re.compile(r"(console|job):(\S+)")
"""Of one piece: what strangers call themselves never is, see people.rules.reviewer."""


def called(name: str) -> str:
    """ "Sam Carter"; "root on the command line" for console:root; "Oyez" for its own jobs. What a
    name hides is written out. Only for who did something: a name that was merely typed into a form
    is shown as it is.
    """
    if not (ours := _OURS.fullmatch(name)):
        return reveal(name)
    return "Oyez" if ours[1] == "job" else _("%s on the command line") % reveal(ours[2])


def office(role: str) -> str:
    """Whoever holds this role or duty, in the middle of a sentence: "monitoring officer"."""
    return str(OFFICES.get(role, role.replace("_", " ")))
