"""What do we ask of somebody who writes a message? Few things first; the rest is folded away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.channels import queries as channels
from oyez.kit.walltime import NoSuchTime, Twice
from oyez.library import actions as library
from oyez.posts import events
from oyez.posts.draft import Draft, Placed
from oyez.strategy.queries import open_campaigns
from oyez.web import days, tongues
from oyez.web.feeds.words import where
from oyez.web.forms import Form
from oyez.web.write import shelves

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.ledger.actor import Actor

NOW, AT = "now", "at"
LATE = (
    (15, later("15 minutes late (warnings)")),
    (120, later("2 hours late (most messages)")),
    (1440, later("A day late")),
)


class WriteForm(Form):
    """The whole message. Everything but the words and the channels may stay as it is."""

    to = forms.MultipleChoiceField(
        label=later("Where should it go?"),
        error_messages={"required": later("Say where it goes: tick at least one channel")},
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label=later("Message"),
        help_text=later("Write it once. You can change the words for each network below."),
        error_messages={"required": later("The message is empty. Write something people can see")},
        strip=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    link = forms.URLField(
        label=later("Link"),
        help_text=later("It must stand in the message too, for example at its end."),
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"invalid": later("Enter a web address, such as www.example.gov.uk/roads")},
    )
    pictures = forms.MultipleChoiceField(
        label=later("Pictures and films"),
        help_text=later("Those added last. Add and describe others in the Library."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    picture = forms.FileField(
        label=later("Add a picture"),
        help_text=later("It is cleaned: no place, no author stays in it."),
        required=False,
    )
    alt = forms.CharField(
        label=later("Describe the new picture"),
        help_text=later("Say what somebody who cannot see it needs to know."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = forms.CharField(
        label=later("Who took it, or who owns it"), required=False, max_length=300
    )
    when = forms.ChoiceField(
        label=later("When should it go out?"),
        choices=((NOW, later("As soon as it is approved")), (AT, later("At a set time"))),
        initial=NOW,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=later("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": later("Enter a day that exists, such as 24/11/2026")},
        validators=days.IN_OUR_AGE,
    )
    hour = forms.TimeField(
        label=later("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": later("Enter a time of day, such as 14:05")},
    )
    fold = days.which()
    late_after = forms.TypedChoiceField(
        label=later("If it cannot go in time, it may still go up to"),
        choices=LATE,
        coerce=int,
        initial=120,
        required=False,
    )
    campaign = forms.TypedChoiceField(
        label=later("Campaign"),
        help_text=later("What it is part of. Links to our own site get the campaign’s tag."),
        coerce=int,
        required=False,
        empty_value=None,
    )
    request = forms.IntegerField(required=False, widget=forms.HiddenInput)
    once = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    title = forms.CharField(
        label=later("Name in our lists"),
        help_text=later("What colleagues see in lists. Left empty, it is how the message begins."),
        required=False,
        max_length=200,
    )
    language = forms.ChoiceField(label=later("Language"), initial="en")

    def __init__(self, *args: Any, by: Actor, unfinished: bool = False, **kwargs: Any) -> None:
        """For `by` and the channels that are theirs. `unfinished`: it is only kept or looked at, so
        what is missing is not asked for.
        """
        super().__init__(*args, **kwargs)
        for name in ("to", "text"):
            self.fields[name].required = not unfinished
        theirs = channels.open_to(by, events.EDITED, channels.writable())
        self.channels: dict[str, Channel] = {str(c.pk): c for c in theirs}
        to: Any = self.fields["to"]
        to.choices = [(pk, where(channel)) for pk, channel in self.channels.items()]
        campaign: Any = self.fields["campaign"]
        campaign.choices = [("", _("None")), *((c.pk, c.name) for c in open_campaigns())]
        language: Any = self.fields["language"]
        language.choices = tongues.choices(self.initial.get("language", ""))
        pictures: Any = self.fields["pictures"]
        shelf = shelves.offered(chosen := {str(pk) for pk in self["pictures"].value() or ()})
        pictures.choices = [(str(one.pk), shelves.named(one)) for one in shelf]
        self.unsaid = shelves.unsaid(one for one in shelf if str(one.pk) in chosen)
        for field, (one, name) in self.unsaid.items():
            self.fields[field] = shelves.asks(self.base_fields[name], name, one)
        told = shelves.retold((one for one in shelf if str(one.pk) in chosen), self)
        self.retold = {field: shelves.asks_again(one, self) for field, one in told.items()}
        self.fields.update(self.retold)
        for channel in self.channels.values():
            self.fields[own(channel.pk)] = forms.CharField(
                label=_("Words for %s") % where(channel),
                help_text=channel.tone,
                required=False,
                strip=False,
                max_length=60_000,
                widget=forms.Textarea(attrs={"rows": 5}),
            )

    def retellings(self) -> Iterator[BoundField]:
        """The fields for what pictures show, in the language of the message."""
        return (self[field] for field in self.retold)

    def own_words(self) -> Iterator[BoundField]:
        """The fields for words that one channel has for itself."""
        return (self[own(channel.pk)] for channel in self.channels.values())

    def own_words_used(self) -> bool:
        """Is there something in them, so that the page should show them at once?"""
        return any(field.value() or field.errors for field in self.own_words())

    def descriptions(self) -> Iterator[BoundField]:
        """The fields for what is not said yet of the pictures that are chosen."""
        return (self[field] for field in self.unsaid)

    def asks_which(self) -> bool:
        """Has the chosen time to be told apart from its twin an hour later?"""
        return self["when"].value() == AT and days.asks_which(self)

    def clean(self) -> None:
        described = self.cleaned_data.get("alt") or self.cleaned_data.get("source")
        if described and not self.cleaned_data.get("picture") and "picture" not in self.errors:
            self.add_error("picture", _("Choose the picture that you describe"))
        if self.cleaned_data.get("when") == AT and not {"day", "hour"} & set(self.errors):
            self._clean_moment()

    def _clean_moment(self) -> None:
        for name, sentence in (("day", _("Enter the day")), ("hour", _("Enter the time"))):
            if not self.cleaned_data.get(name):
                self.add_error(name, sentence)
        if not self.errors:
            try:
                self.draft().goes_at()
            except Twice:
                self.add_error("fold", _("Choose the first or the second"))
            except NoSuchTime as wrong:
                self.add_error("hour", str(wrong))

    def describe(self, by: Actor) -> None:
        """Keep what is said now of pictures that were there already. Raises Refusal."""
        for field, (one, name) in self.unsaid.items():
            if said := self.cleaned_data.get(field):
                library.describe(one, by=by, **{name: said})

    def uploaded(self, by: Actor) -> Placed | None:
        """The new picture, kept and described. Raises Refusal when it cannot be one."""
        given = self.cleaned_data
        if not (file := given.get("picture")):
            return None
        kept = library.upload(file, file.name or "picture", by=by)
        if given.get("alt") or given.get("source"):
            library.describe(kept, alt=given["alt"], source=given["source"], by=by)
        return Placed(kept.pk)

    def _placed(self, pk: int, before: Draft | None) -> Placed:
        """As the page says it; what it did not ask stays as it was."""
        field = shelves.told(pk)
        if field in self.retold and field in self.data:
            return Placed(pk, self.cleaned_data.get(field, ""))
        return shelves.placed(pk, before)

    def _fold(self, before: Draft | None) -> int | None:
        """As chosen; what is asked of no time that the clocks show once stays as it was."""
        chosen: int | None = self.cleaned_data.get("fold")
        return before.fold if before and chosen is None and not self.asks_which() else chosen

    def draft(self, before: Draft | None = None) -> Draft:
        """The draft that the answers make; what the page does not ask stays as it was `before`."""
        given = self.cleaned_data
        scheduled = given.get("when") == AT
        day, hour = given.get("day"), given.get("hour")
        return replace(
            before or Draft(),
            text=given.get("text", ""),
            to=tuple(int(pk) for pk in given.get("to", ())),
            own_words={c.pk: given.get(own(c.pk), "") for c in self.channels.values()},
            link=given.get("link", ""),
            media=tuple(self._placed(int(pk), before) for pk in given.get("pictures", ())),
            title=given.get("title", ""),
            language=given.get("language") or "en",
            wall=_wall(day, hour) if scheduled else "",
            zone=settings.TIME_ZONE if scheduled else "",
            fold=self._fold(before) if scheduled else None,
            late_after=given.get("late_after") or 120,
            campaign=given.get("campaign"),
            request=given.get("request"),
        ).tidied()


def initial(draft: Draft) -> dict[str, Any]:
    """How the fields of a draft stand."""
    at = datetime.fromisoformat(draft.wall) if draft.wall else None
    return {
        "to": [str(pk) for pk in draft.to],
        "text": draft.text,
        "link": draft.link,
        "pictures": [str(placed.attachment) for placed in draft.media],
        "title": draft.title,
        "language": draft.language,
        "when": AT if at else NOW,
        "day": at.date() if at else None,
        "hour": at.time() if at else None,
        "fold": draft.fold,
        "late_after": draft.late_after,
        "campaign": draft.campaign,
        "request": draft.request,
        **{own(pk): words for pk, words in draft.own_words.items()},
        **{shelves.told(one.attachment): one.alt for one in draft.media},
    }


def own(pk: int) -> str:
    """The name of the field for a channel's own words."""
    return f"words_{pk}"


def _wall(day: date | None, hour: time | None) -> str:
    return datetime.combine(day, hour).isoformat(timespec="minutes") if day and hour else ""
