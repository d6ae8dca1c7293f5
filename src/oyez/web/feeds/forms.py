"""What do we ask about a feed? Its address; then the rule that says what becomes of its items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.channels import queries as channels
from oyez.feeds import events, queries, rules
from oyez.kit.text import newlines
from oyez.web.feeds.words import TRUSTS, WATCH, where
from oyez.web.forms import Form, needed

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.feeds.models import Feed
    from oyez.ledger.actor import Actor

NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"})
PLACES = later("Use {title}, {summary}, {link} and {feed}, with any words between them.")


def _whole(sentence: str | Promise) -> dict[str, Any]:
    """One sentence for every way a number can be wrong."""
    return dict.fromkeys(("invalid", "min_value", "max_value"), sentence)


class AddressForm(Form):
    """Step one: which feed?"""

    url = forms.URLField(
        label=later("Feed address"),
        help_text=later("RSS, Atom or JSON Feed, such as example.gov.uk/news.xml"),
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": later("Enter a web address, such as example.org/feed")},
    )

    def clean_url(self) -> str:
        return _not_here(self.cleaned_data["url"])


class RuleForm(Form):
    """What becomes of its items: where they go, in which words, which of them, and how fast."""

    to = forms.MultipleChoiceField(
        label=later("Channels its items go to"),
        help_text=later(
            "What is published (practice apart) also stands on our own page, without being ticked."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    template = forms.CharField(
        label=later("Words of each message"),
        help_text=PLACES,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    keep = forms.CharField(
        label=later("Only items with one of these words"),
        help_text=later("Put commas between the words."),
        required=False,
    )
    block = forms.CharField(
        label=later("Leave out items with one of these words"),
        help_text=later("Put commas between the words."),
        required=False,
    )
    settle = forms.IntegerField(
        label=later("Minutes to wait before posting"),
        help_text=later("Authors often mend mistakes just after publishing."),
        min_value=0,
        max_value=24 * 60,
        widget=NUMBER,
        error_messages=_whole(later("Minutes to wait must be a whole number from 0 to 1440")),
    )
    flood = forms.IntegerField(
        label=later("Most messages in 15 minutes"),
        help_text=later("The others wait their turn. 0 means no limit."),
        min_value=0,
        max_value=100,
        widget=NUMBER,
        error_messages=_whole(later("Most messages must be a whole number from 0 to 100")),
    )

    third_party = forms.BooleanField(
        label=later("It is somebody else’s feed: a partner’s or a member’s"),
        help_text=later(
            "Before an election its items wait for the monitoring officer, and whoever it is of is "
            "looked up in the political register."
        ),
        required=False,
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = channels.open_to(by, events.CHANGED, channels.linked())
        self.channels: dict[str, Channel] = {str(c.pk): c for c in theirs}
        to: Any = self.fields["to"]
        to.choices = [(pk, where(channel)) for pk, channel in self.channels.items()]
        for channel in self.channels.values():
            self.fields[_own(channel)] = forms.CharField(
                label=_("Words for %s") % where(channel),
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def clean_template(self) -> str:
        return _template(self.cleaned_data["template"])

    def clean(self) -> None:
        for channel in self.channels.values():
            try:
                _template(self.cleaned_data.get(_own(channel), ""))
            except forms.ValidationError as wrong:
                self.add_error(_own(channel), wrong)

    def own_words(self) -> Iterator[BoundField]:
        """The fields for words that one channel has for itself."""
        return (self[_own(channel)] for channel in self.channels.values())

    def own_words_used(self) -> bool:
        """Is there something in them, so that the page should show them at once?"""
        return any(field.value() or field.errors for field in self.own_words())

    def to_channels(self) -> list[Channel]:
        return [self.channels[pk] for pk in self.cleaned_data["to"]]

    def words(self) -> dict[str, Any]:
        """The part of the rule that a preview shows, as actions and queries take it."""
        templates = {c.pk: self.cleaned_data[_own(c)] for c in self.to_channels()}
        return {
            "to": self.to_channels(),
            "template": self.cleaned_data["template"],
            "templates": {pk: words for pk, words in templates.items() if words},
            "keep_words": _words(self.cleaned_data["keep"]),
            "block_words": _words(self.cleaned_data["block"]),
        }

    def rule(self) -> dict[str, Any]:
        """The whole rule, as actions take it."""
        told = self.cleaned_data
        return {
            **self.words(),
            "settle": timedelta(minutes=told["settle"]),
            "flood_cap": told["flood"],
            "third_party": told["third_party"],
        }


class ReadForm(Form):
    """The digest of the rule that the page shows."""

    rule = forms.CharField(widget=forms.HiddenInput)


class NewFeedForm(RuleForm):
    """Step two, for a feed that is not here yet."""

    url = forms.URLField(max_length=2000, assume_scheme="https", widget=forms.HiddenInput)
    name = forms.CharField(
        label=later("Name"),
        help_text=later("What your colleagues call it. Left empty, it is the feed’s own title."),
        max_length=200,
        required=False,
    )
    trust = forms.ChoiceField(
        label=later("How far do you trust it?"),
        choices=TRUSTS,
        widget=forms.RadioSelect,
        help_text=later("You decide on exactly this rule. After a change somebody decides again."),
    )
    field_order = ["name", "to", "trust"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self.fields["to"])  # unless it is only watched

    def clean_url(self) -> str:
        return _not_here(self.cleaned_data["url"])

    def clean(self) -> None:
        super().clean()
        trust, to = self.cleaned_data.get("trust"), self.cleaned_data.get("to")
        if trust and trust != WATCH and not to:
            self.add_error("to", _("Tick at least one channel, or only watch the feed."))


def usual() -> dict[str, Any]:
    """How the fields of a new feed stand before anybody has changed them."""
    minutes = int(rules.SETTLE.total_seconds() // 60)
    return {
        "template": rules.TEMPLATE,
        "trust": WATCH,
        "settle": minutes,
        "flood": rules.FLOOD_CAP,
    }


def now(feed: Feed) -> dict[str, Any]:
    """How the fields of a feed that is here stand."""
    targets = list(feed.targets.select_related("channel"))
    return {
        "to": [str(target.channel_id) for target in targets],
        "template": feed.template,
        "keep": ", ".join(feed.keep_words),
        "block": ", ".join(feed.block_words),
        "settle": int(feed.settle.total_seconds() // 60),
        "flood": feed.flood_cap,
        "third_party": feed.third_party,
        **{_own(target.channel): target.template for target in targets},
    }


def _not_here(url: str) -> str:
    if here := queries.known(url):
        raise forms.ValidationError(_("This feed is already here: %s.") % here.name)
    return url


def _own(channel: Channel) -> str:
    return f"words_{channel.pk}"


def _template(text: str) -> str:
    if text and (wrong := rules.wrong_template(text)):
        raise forms.ValidationError(wrong)
    return newlines(text)


def _words(text: str) -> list[str]:
    return [word for part in re.split(r"[,\n]", text) if (word := part.strip())]
