"""Networks that break with the token in their hands, at every act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NoReturn

from oyez.networks.contract import Link, Message, Progress, Receipt, Seen
from tests.fakes.networks import Watched


class Held(Watched):
    """An account with a secret of each name that a network may keep."""

    name: ClassVar[str] = "fake_held"
    title: ClassVar[str] = "Held"

    @classmethod
    def link(cls, fetch: Any, answers: Mapping[str, str]) -> Link:
        link = super().link(fetch, {"secret": answers["token"], "handle": cls.title})
        return Link(link.identity, link.handle, link.url, {}, dict(answers))

    @property
    def held(self) -> dict[str, str]:
        return {name: self.keyring.read(name) for name in ("token", "password", "refresh")}


class Leaky(Held):
    """Our own mistake in an adapter: what it held is in every frame of the traceback."""

    name: ClassVar[str] = "fake_leaky"
    title: ClassVar[str] = "Leaky"

    def _break(self, *given: object) -> NoReturn:
        held, header = self.held, {"Authorization": f"Bearer {self.keyring.read('token')}"}
        raise RuntimeError(f"A mistake with {len(held)} secrets and {len(header)} header.")

    def newest(self) -> str:
        return ""

    def publish(self, message: Message, progress: Progress) -> Receipt:
        self._break(message)

    def find(self, message: Message, key: str, since: str) -> Sequence[Receipt]:
        self._break(message)

    def shown(self, since: str) -> Sequence[Seen]:
        self._break(since)

    def check(self) -> dict[str, Any]:
        self._break()

    def revoke(self) -> Sequence[str]:
        self._break()
