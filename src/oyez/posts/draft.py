"""What has an author put together so far? One frozen shape: kept, compared, merged. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from oyez.kit import walltime
from oyez.kit.text import newlines, reveal


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture or film of the message; `alt` where it says it otherwise than the library does."""

    attachment: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before anybody approved it. `own_words` by channel number, where they differ.

    `wall` is a time on the wall (“2026-11-24T14:05”) in `zone`; empty means at once. `fold` says
    which, where the clocks show it twice.
    """

    text: str = ""
    to: tuple[int, ...] = ()
    own_words: Mapping[int, str] = field(default_factory=dict)
    title: str = ""
    link: str = ""
    language: str = "en"
    media: tuple[Placed, ...] = ()
    wall: str = ""
    zone: str = ""
    fold: int | None = None
    late_after: int = 120  # minutes
    campaign: int | None = None
    topics: tuple[str, ...] = ()
    record_class: str = "routine"  # how long it is kept: records will say
    auto_note: bool = False
    boosts: str = ""  # the address of what it passes on
    partner: int | None = None
    request: int | None = None  # who asked for it

    def words_for(self, channel: int) -> str:
        """The channel's own words, or everybody's."""
        return self.own_words.get(channel) or self.text

    def saying(self, text: str) -> Draft:
        return replace(self, text=text)

    def going_to(self, channels: Iterable[int]) -> Draft:
        return replace(self, to=tuple(channels))

    def asked_by(self, request: int) -> Draft:
        return replace(self, request=request)

    def in_another_language(self, language: str) -> Draft:
        """The same without what is in the one it has: its words, its name, what pictures show."""
        media = tuple(Placed(placed.attachment) for placed in self.media)
        return replace(self, text="", own_words={}, title="", media=media, language=language)

    def linked(self, link: str) -> Draft:
        return replace(self, link=link)

    def link_in(self, text: str) -> str:
        """The link, if it stands in this part of the words."""
        return self.link if self.link and self.link in text else ""

    def with_picture(self, placed: Placed) -> Draft:
        """The same with one more picture at the end; one that is there already stays once."""
        others = tuple(one for one in self.media if one.attachment != placed.attachment)
        return replace(self, media=(*others, placed))

    def without_time(self) -> Draft:
        return replace(self, wall="", zone="", fold=None)

    def with_words(self, channel: int, text: str) -> Draft:
        return replace(self, own_words={**self.own_words, channel: text})

    def goes_at(self) -> datetime | None:
        """The moment meant, in UTC; None: at once. Raises NoSuchTime in a gap or an overlap."""
        if not self.wall:
            return None
        return walltime.moment(datetime.fromisoformat(self.wall), self.zone, self.fold)

    def as_json(self) -> dict[str, Any]:
        """As the database keeps it: only what was said."""
        return {name: value for name, value in asdict(self).items() if value != _EMPTY[name]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Draft:
        """The draft that was kept; names of a newer house are left alone."""
        known = {name: kept[name] for name in _EMPTY if name in kept}
        known["to"] = tuple(known.get("to", ()))
        known["topics"] = tuple(known.get("topics", ()))
        known["media"] = tuple(Placed(**one) for one in known.get("media", ()))
        own = known.get("own_words", {})
        known["own_words"] = {int(channel): text for channel, text in own.items()}
        return cls(**known)

    @property
    def name(self) -> str:
        """What it is called in lists: as its author called it, or how it begins. Nothing hides."""
        lines = self.text.strip().splitlines() or [""]
        return reveal(self.title or lines[0])[:200]

    def tidied(self) -> Draft:
        """Browsers send CRLF, and own words that say the same as all are none."""
        text = newlines(self.text).strip()
        own = {c: newlines(words).strip() for c, words in self.own_words.items()}
        kept = {c: words for c, words in own.items() if words and words != text and c in self.to}
        return replace(self, text=text, own_words=kept, link=self.link.strip())


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two drafts say differently. `name` is the field, with “:3” for channel 3."""

    name: str
    before: Any
    after: Any


def differences(before: Draft, after: Draft) -> list[Difference]:
    """What changed, field by field, own words channel by channel."""
    return list(_differing(_flat(before), _flat(after)))


def merged(mine: Draft, theirs: Draft, keep_mine: set[str]) -> Draft:
    """Their draft, with those of my fields that `keep_mine` names (as in `Difference.name`)."""
    own = dict(theirs.own_words)
    values: dict[str, Any] = {}
    for name in keep_mine:
        if name.startswith("own_words:"):
            channel = int(name.partition(":")[2])
            own[channel] = mine.own_words.get(channel, "")
        else:
            values[name] = getattr(mine, name)
    return replace(theirs, own_words=own, **values).tidied()


def _differing(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            yield Difference(name, old, new)


def _flat(draft: Draft) -> dict[str, Any]:
    plain = {f.name: getattr(draft, f.name) for f in fields(draft) if f.name != "own_words"}
    return plain | {f"own_words:{c}": words for c, words in sorted(draft.own_words.items())}


_EMPTY: dict[str, Any] = asdict(Draft())
