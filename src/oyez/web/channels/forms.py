"""What do we ask to link a channel? What its network declares, and no network's name is in here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.networks.contract import Field, NetworkClass
from oyez.web.forms import Form

OUR_NAME = "name_here"


class LinkForm(Form):
    """One field for each thing the network asks. A secret is never written back into the page."""

    def __init__(
        self, network: NetworkClass, *args: Any, named: bool = True, **kwargs: Any
    ) -> None:
        self.network = network
        super().__init__(*args, **kwargs)
        for field in network.fields:
            self.fields[field.name] = _input(field, again=self.is_bound)
        if named:
            self.fields[OUR_NAME] = forms.CharField(
                label=_("Name here"),
                help_text=_("What your colleagues call it. Left empty, it is the account’s own."),
                max_length=100,
                required=False,
            )

    def answers(self) -> dict[str, str]:
        """What was told, as the network takes it; a default stands where nothing was said."""
        told = {field.name: self.cleaned_data[field.name] for field in self.network.fields}
        return {f.name: told[f.name] or f.default for f in self.network.fields}

    def name(self) -> str:
        return str(self.cleaned_data.get(OUR_NAME, ""))


class DescribeForm(Form):
    """How it speaks, and for whom."""

    tone = forms.CharField(
        label=later("How do we speak there?"),
        help_text=later("Whoever writes for it reads this."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    area = forms.CharField(
        label=later("Which area does it speak for?"),
        help_text=later(
            "Named as in sensitive periods. Left empty, it speaks for the whole body, and every "
            "period holds for it."
        ),
        max_length=100,
        required=False,
    )
    personal = forms.BooleanField(
        label=later("It is somebody’s own profile"),
        help_text=later("They may say “I” there, and slips of the tongue are theirs."),
        required=False,
    )
    by_hand = forms.BooleanField(
        label=later("People also post there by hand"),
        help_text=later(
            "We look every two minutes whether something stands there that Oyez did not send, and "
            "tell you. With this ticked, the channel goes on sending meanwhile."
        ),
        required=False,
    )


def _input(field: Field, *, again: bool) -> forms.CharField:
    hint = f"{field.hint.rstrip('.')}." if field.hint else ""
    if field.secret and again:
        hint = " ".join(filter(None, [hint, _("It is never shown again, so enter it once more.")]))
    return forms.CharField(
        label=field.label,
        help_text=hint,
        initial=field.default,
        required=not field.default and not field.optional,
        max_length=5000,
        widget=_secret() if field.secret else forms.TextInput(attrs={"spellcheck": "false"}),
        error_messages={"required": _("Enter: %s") % field.label},
    )


def _secret() -> forms.PasswordInput:
    return forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"})
