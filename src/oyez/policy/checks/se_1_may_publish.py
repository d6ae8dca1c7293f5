"""May whoever wrote this publish here, now?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from zoneinfo import ZoneInfo

from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class MayPublish:
    id: ClassVar[str] = "SE-1"
    title: ClassVar[str] = "Only who may, knows the policy and is trained"
    why: ClassVar[str] = "Rights that nobody renews are how strangers come to speak for the body."
    source: ClassVar[str] = "National Cyber Security Centre, social media guidance"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and said.writer.person:
            writer = said.writer
            if not writer.may_publish:
                yield Hit(f"{writer.name} may not hand in messages. Ask an administrator.")
            if not writer.acknowledged:
                yield Hit(f"Acknowledge policy {context.policy_version} first.")
            today = context.now.astimezone(ZoneInfo(context.zone)).date()
            if writer.certificate_until and writer.certificate_until < today:
                ended = f"{writer.certificate_until:%-d %B %Y}"
                yield Hit(f"The training certificate of {writer.name} ended on {ended}. Renew it.")
