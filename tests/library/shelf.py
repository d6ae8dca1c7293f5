"""Pictures and films in the library."""

from __future__ import annotations

from typing import Any

from oyez.library import actions
from oyez.library.models import Attachment
from tests.factories import BY
from tests.formats.gallery import a_picture


def an_attachment(
    content: bytes | None = None, name: str = "bridge.jpg", **said: Any
) -> Attachment:
    """A picture in the library, described with what is given."""
    new = actions.upload(a_picture() if content is None else content, name, by=BY)
    return actions.describe(new, by=BY, **said) if said else new


def ready(
    content: bytes | None = None, name: str = "bridge.jpg", alt: str = "A bridge"
) -> Attachment:
    """A picture or film that no check holds back: described, ours, with nobody in it."""
    said = {"licence": "Our own", "source": "The council", "shows_people": False}
    return an_attachment(content, name, alt=alt, **said)
