"""How would the items of a feed be sent?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.feeds import queries as feeds
from oyez.feeds import rules as feed_rules
from oyez.feeds.reading import read_address
from oyez.formats.contract import Entry
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.posts import rules, wording


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be sent of one item to one channel, or why nothing would."""

    title: str
    channel: str
    text: str
    why: str = ""
    kind: str = ""  # of the whole feed: "Atom 1.0 with warnings (CAP)"
    warns: bool = False


def preview(
    source: str,
    *,
    to: Sequence[Channel],
    template: str = "",
    templates: Mapping[int, str] | None = None,
    name: str = "",
    keep_words: Sequence[str] = (),
    block_words: Sequence[str] = (),
    at_most: int = 10,
) -> list[Preview]:
    """Ask a feed (by number, name or address) and show its newest items as they would be sent,
    each to every channel, our own page too where it would land there.

    `templates` maps channel ids to words of their own; `name` is what we call the feed. Raises
    Refusal when the address gives no feed or a template makes no sense.
    """
    for given in (template, *(templates or {}).values()):
        if given and (wrong := feed_rules.wrong_template(given)):
            raise Refusal(wrong)
    reading = read_address(_address_of(source))
    if not reading.document:
        raise Refusal(reading.problem)
    document = reading.document
    going = _going(to, template or feed_rules.TEMPLATE, templates or {})
    found = []
    for entry in document.entries[:at_most]:
        why = _left_out(entry, keep_words, block_words)
        for channel, words in going.items():
            text = wording.words(entry, channel, words, name or document.title)
            reason = why or ("" if text else wording.CANNOT_FIT)
            warns = entry.alert is not None
            found.append(
                Preview(entry.title, channel.name, text, reason, document.format, warns=warns)
            )
    return found


def _left_out(entry: Entry, keep_words: Sequence[str], block_words: Sequence[str]) -> str:
    """Why it would not go on, as its rule and, where it is a warning, that itself would have it."""
    alert = entry.alert
    if alert and (why := feed_rules.not_for_the_public(alert.status, alert.scope, alert.kind)):
        return why
    if alert and alert.expires and alert.expires <= clock.now():
        return feed_rules.EXPIRED
    return feed_rules.left_out(f"{entry.title}\n{entry.summary}", keep_words, block_words)


def _going(
    to: Sequence[Channel], template: str, templates: Mapping[int, str]
) -> dict[Channel, str]:
    """Each channel and its template; our own page has the item in full unless it was named."""
    going = {channel: templates.get(channel.pk) or template for channel in to}
    if not to or rules.lands_on_our_own([channel.standing for channel in to]):
        return going | {ours: wording.IN_FULL for ours in channels.ours() if ours not in going}
    return going


def _address_of(source: str) -> str:
    return source if "://" in source else feeds.one(source).url
