"""What a network is, as far as the house is concerned. No Django, no database, no clock.

A network is built per channel: `Mastodon(fetch, facts, keyring)`. Limits that differ by server are
data in `facts`; tokens stay behind the keyring; tests hand in a fetch of their own. An ability is
the presence of a method: nothing raises NotImplementedError.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, ClassVar, Protocol, runtime_checkable

from oyez.kit.fetch import Fetch

Facts = Mapping[str, Any]
"""What linking learned, as JSON: server, handle, limits. Never a secret."""


class Twice(Enum):
    """How this network keeps a retried act from showing twice."""

    KEYED = "repeating the same bytes is harmless"
    FINDABLE = "can be asked whether it has it"
    NEVER = "cannot tell"


class Standing(Enum):
    """What kind of channel this network makes."""

    LINKED = "a network of somebody else's, linked by an administrator"
    OURS = "always on: every published post lands there without being named"
    PRETEND = "practice: nothing leaves the machine"


@dataclass(frozen=True, slots=True)
class Measure:
    """One way a network counts text: at most `limit` of `unit`, as `count` counts."""

    limit: int
    count: Callable[[str], int]
    unit: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may hold there. Of sizes and lengths, 0 means that nobody said a limit.

    `media` counts pictures and films together; `media_bytes` and `media_pixels` (width times
    height) are for one picture, those of films for one film. `kinds` are MIME types.
    """

    text: tuple[Measure, ...]
    media: int = 0
    media_bytes: int = 0
    alt_text: int = 0
    kinds: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    media_pixels: int = 0
    film_bytes: int = 0
    film_pixels: int = 0
    film_seconds: int = 0
    film_alone: bool = True
    captions: bool = False
    threads: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    """One picture or film, as it is sent. `alt` says in words what it shows.

    Equal digests are equal bytes: `load` reads them only when they are sent. `focus` is the point
    to keep when it is cropped, from (-1, -1) at the lower left to (1, 1); `captions` reads WebVTT
    in `language`. Sizes that are not known are 0.
    """

    digest: str
    kind: str
    alt: str
    size: int
    load: Callable[[], bytes] = field(compare=False, repr=False)
    width: int = 0
    height: int = 0
    focus: tuple[float, float] | None = None
    captions: Callable[[], bytes] | None = field(default=None, compare=False, repr=False)
    language: str = "en"
    name: str = ""
    seconds: float = 0.0

    @property
    def is_film(self) -> bool:
        return self.kind.startswith("video/")


@dataclass(frozen=True, slots=True)
class Message:
    """Exactly what is approved and sent. `text` already holds `link`, whole, where there is one.

    `answers` is the remote id of the post it replies to. A thread is a chain of deliveries, each
    part answering the one before: no network needs to know.
    """

    text: str
    made_at: datetime
    link: str = ""
    language: str = "en"
    title: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)
    media: tuple[Media, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that the network has it. `version` names the bytes or the moment of what stands there
    then, where the network says: when it is another one later, somebody else has changed it.
    """

    remote_id: str
    url: str
    version: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing an administrator tells us to link a channel.

    The page and the command line are built from it. `default` is offered, and used when left out;
    what is `optional` may stay empty.
    """

    name: str
    label: str
    hint: str = ""
    secret: bool = False
    default: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """What linking learned. `identity` is the network's own id of the account: linked once."""

    identity: str
    handle: str
    url: str
    facts: Facts
    secrets: Mapping[str, str]


class NetworkError(Exception):
    """Five refusals, each one next step. An adapter's whole job in errors is to pick one.

    The message is one sentence a duty officer can act on; the detail goes to the log.
    """


class Later(NetworkError):
    """Busy: call again. Promises that the step that raised it did nothing.

    `pause` stops the whole channel.
    """

    def __init__(self, why: str, after: timedelta, *, pause: bool = False) -> None:
        super().__init__(why)
        self.after = after
        self.pause = pause


class Refused(NetworkError):
    """Never in this form: a person changes the message."""


class Already(Refused):
    """Refused because these very words are there. After a try that was never answered this is
    evidence that ours is live, and it is looked for; else a person changes the message.
    """


class SignedOut(NetworkError):
    """The token is dead: a person links the channel again."""


class Gone(NetworkError):
    """What we answered, boosted or counted is no more."""


class Unsure(NetworkError):
    """It may have happened: look before trying again."""


class Keyring(Protocol):
    """The channel's secrets, unsealed only when an adapter writes a header."""

    def read(self, name: str) -> str:
        """The secret, or an empty string."""

    def renew(self, name: str, stale: str, ask: Callable[[], Mapping[str, str]]) -> str:
        """Replace `stale` under the channel's lock; where another worker has, return theirs."""


class Progress(Protocol):
    """The delivery's durable notebook. `key` is the same on every try of the same delivery."""

    key: str

    def once(self, step: str, do: Callable[[], str], *, harmless: bool = False) -> str:
        """Run `do` unless `step` is already done; its answer is kept before this returns.

        Raises Unsure when a former try began the step and left no answer, unless repeating is
        `harmless`.
        """


class Network(Protocol):
    name: ClassVar[str]
    title: ClassVar[str]
    twice: ClassVar[Twice]
    standing: ClassVar[Standing]
    fields: ClassVar[tuple[Field, ...]]

    def __init__(self, fetch: Fetch, facts: Facts, keyring: Keyring) -> None: ...

    @classmethod
    def link(cls, fetch: Fetch, answers: Mapping[str, str]) -> Link:
        """Try the answers on the network at once. Raises NetworkError: in words what is wrong."""

    @property
    def limits(self) -> Limits: ...

    def check(self) -> Facts:
        """Is the channel still ours? Fresh facts (limits change); raises SignedOut when not."""

    def publish(self, message: Message, progress: Progress) -> Receipt:
        """Send it, straight-line and re-entrant. All but a Receipt is one of the refusals."""


@runtime_checkable
class Finds(Protocol):
    """Ability: can be asked whether it has something of ours."""

    def newest(self) -> str:
        """The watermark: our newest own post there, taken before the first byte. Empty if none."""

    def find(self, message: Message, key: str, since: str) -> Sequence[Receipt]:
        """Every post of ours newer than `since` that says exactly this, found by what it says:
        a house that was restored may have another key for it.

        Raises Later when it cannot look.
        """


@runtime_checkable
class Answers(Protocol):
    """Ability: can reply to a post, so threads work. `limits.threads` says the same."""

    def answerable(self, remote_id: str) -> str:
        """What a reply to this post has to name, as one string. Raises Gone when it is no more."""


@runtime_checkable
class Edits(Protocol):
    """Ability: can replace what stands. Repeating the same edit is harmless: do so when unsure."""

    def edit(self, remote_id: str, message: Message, progress: Progress) -> Receipt:
        """Let the post say and show exactly this. Raises Gone when it is no more.

        All but a Receipt is one of the refusals. What it answers stays as it is.
        """


@runtime_checkable
class Deletes(Protocol):
    """Ability: can take a post down. Repeating it is harmless: do so when unsure."""

    def delete(self, remote_id: str, progress: Progress) -> None:
        """Take it down for good, media too. One that is gone already is done."""


class Change(Enum):
    """What is seen, if it is no new post."""

    NONE = ""
    POST = "post"  # one that stood there before says something else
    ACCOUNT = "account"  # the profile, or another thing that people see of the account


@dataclass(frozen=True, slots=True)
class Seen:
    """One post on our account as the network shows it, whoever put it there.

    `words` says how it begins, on one line; `at` is the network's own word, None where it makes no
    sense. `boost`: somebody else's words, passed on. `marks`: may the next look begin here? Not
    where whoever wrote it chose its id so that all that follows would seem older. `version`: as in
    a Receipt.
    """

    remote_id: str
    words: str
    url: str
    at: datetime | None = None
    boost: bool = False
    marks: bool = True
    version: str = ""
    change: Change = Change.NONE


@runtime_checkable
class Shows(Protocol):
    """Ability: shows what stands on our account, so that what we did not send is noticed."""

    def shown(self, since: str) -> Sequence[Seen]:
        """What is newer than the id `since`, newest first, boosts too; of many the newest will do.

        With an empty `since` the newest there are. Raises Later when it cannot look.
        """


@dataclass(frozen=True, slots=True)
class Changes:
    """What was written since a mark, and the mark of now, from which the next look goes on."""

    mark: str
    seen: Sequence[Seen] = ()


@runtime_checkable
class ShowsChanges(Protocol):
    """Ability: shows what was written on our account however old it seems, the profile too."""

    def changed(self, mark: str) -> Changes:
        """All that was written since `mark`, ours too; with an empty one nothing but the mark.

        Raises Later when it cannot look.
        """


@runtime_checkable
class Revokes(Protocol):
    """Ability: can make our own way in useless, for when somebody else may have it."""

    @classmethod
    def by_hand(cls) -> str:
        """Where on the network a person ends every way in, in words."""

    def revoke(self) -> Sequence[str]:
        """End what our own access can end: each in a sentence, none where a person must do it.

        Doing it again is harmless. Raises Later when the network cannot be asked.
        """


NetworkClass = type[Network]
