"""What do we ask about somebody's own account?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from oyez.people.passwords import LEAST
from oyez.web.forms import Form
from oyez.web.signin.forms import password


class PasswordForm(Form):
    """Once is enough: a typing error is mended with a link."""

    present = password(_("Your present password"))
    password = password(
        _("New password"),
        new=True,
        help_text=_("At least %(least)d characters, for example three random words.")
        % {"least": LEAST},
    )

    def __init__(self, *args: Any, asks_present: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_present:
            del self.fields["present"]
