"""What do we ask of somebody who wants us to say something?

What is wrong with an answer is said by the package `requests` alone, the same here and elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.partners import queries as partners
from oyez.requests import queries, rules
from oyez.web.forms import Form

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TRAP = "homepage"
"""No person sees this field, so what fills it in is a program."""
CONSENTS = (
    ("", later("There are no pictures")),
    (rules.NOBODY, later("Nobody can be recognised in them")),
    (rules.AGREED, later("Everybody who can be recognised has agreed in writing")),
    (rules.NOT_ASKED, later("Not everybody has been asked yet")),
)


def _words(
    label: _StrPromise,
    hint: str | _StrPromise = "",
    *,
    missing: str = "",
    rows: int = 0,
    short: bool = False,
    **attrs: str,
) -> forms.Field:
    """A field for words as they are; `missing` is what to say when it is needed and empty."""
    if short:
        attrs["class"] = "govuk-input--width-10"
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return forms.Field(
        label=label,
        help_text=hint,
        required=bool(missing),
        widget=widget,
        error_messages={"required": missing} if missing else None,
    )


class AskForm(Form):
    """What both kinds of request share. Their own questions come first."""

    kind = ""

    day = _words(
        later("Last day on which it is of use"),
        later("Leave it empty if there is no deadline."),
        type="date",
        short=True,
    )
    hour = _words(
        later("Time on that day"),
        later("Such as 14:00. Without one it is the end of the day."),
        autocomplete="off",
        short=True,
    )
    from_name = _words(
        later("Your name"), missing=rules.WHO["from_name"], autocomplete="name", spellcheck="false"
    )
    from_email = _words(
        later("Your e-mail address"),
        later(
            "We use your name and address to deal with this request and to ask you about it. They "
            "are not published, and only the staff who deal with requests see them."
        ),
        missing=rules.WHO["from_email"],
        type="email",
        autocomplete="email",
        spellcheck="false",
    )
    team = _words(later("Your team or organisation"), autocomplete="organization")
    homepage = _words(later("Leave this empty"), tabindex="-1", autocomplete="off")
    shared = ("day", "hour", "from_name", "from_email", "team", TRAP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        own = [name for name in self.base_fields if name not in self.shared]
        super().__init__(*args, field_order=[*own, *self.shared], **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask the package what is wrong; a field Django has found empty keeps that sentence."""
        if self.data.get(TRAP):
            self.data = {**self.data.dict(), TRAP: ""}  # type: ignore[attr-defined]  # a QueryDict
            self.add_error(None, _("A field that people do not see was filled in. Send it again."))
        for name, sentence in queries.wrong(self.asked()).items():
            field = "day" if name == "deadline" else name
            if field not in self.errors:
                self.add_error(field, sentence)
        return self.cleaned_data

    def asked(self) -> rules.Asked:
        """The answers, as the package takes them."""
        told = {name: self.data.get(name, "") for name in self.fields}
        deadline = f"{told.pop('day')} {told.pop('hour')}".strip()
        told.pop(TRAP)
        return rules.Asked(kind=self.kind, deadline=deadline, **told)


class SayForm(AskForm):
    """Say something new."""

    kind = rules.SAY

    what = _words(
        later("What should people know?"),
        later("In your own words. We may shorten it."),
        missing=rules.MISSING[rules.SAY]["what"],
        rows=6,
    )
    purpose = _words(
        later("Why should they know it, and what should they do?"),
        missing=rules.MISSING[rules.SAY]["purpose"],
        rows=3,
    )
    audience = _words(later("Who is it for?"), later("Such as parents in the Tamar valley"))
    link = _words(
        later("A page about it"), later("A web address that starts with https://"), type="url"
    )
    evidence = _words(
        later("Where are the facts from?"), later("Names, documents or web addresses"), rows=3
    )
    images = _words(
        later("Pictures"),
        later("Which ones, where we find them, and who is in them"),
        rows=3,
    )
    consent = forms.ChoiceField(
        label=later("Have the people in the pictures agreed?"),
        help_text=later("We publish no picture of somebody who has not agreed."),
        required=False,
        choices=CONSENTS,
    )


class BoostForm(AskForm):
    """Boost a message that stands on a partner's page."""

    kind = rules.BOOST

    partner_name = _words(
        later("Which organisation is the message from?"),
        missing=rules.MISSING[rules.BOOST]["partner_name"],
    )
    boost_url = _words(
        later("Web address of the message"),
        later("It starts with https://"),
        missing=rules.MISSING[rules.BOOST]["boost_url"],
        type="url",
    )
    what = _words(later("What should we say with it?"), rows=3)
    purpose = _words(later("Why does it matter to the people we serve?"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if partners.register().exists():
            named = [one.name for one in partners.in_force(partners.today())]
            choices = [("", ""), *((name, name) for name in named)]
            self.fields["partner_name"].widget = forms.Select(choices=choices)
            self.fields["partner_name"].help_text = _(
                "We boost what our partners publish. If yours is not here, ask us to say "
                "something new."
            )


FORMS: dict[str, type[AskForm]] = {form.kind: form for form in (SayForm, BoostForm)}
