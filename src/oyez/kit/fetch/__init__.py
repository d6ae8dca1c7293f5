"""How do we ask another machine something? The one outbound client, on libcurl."""

from oyez.kit.fetch.authorities import NoAuthorities
from oyez.kit.fetch.client import Client, WrongProxy
from oyez.kit.fetch.contract import (
    Answer,
    Denied,
    Fetch,
    FetchError,
    NotSent,
    Request,
    TooBig,
    Unanswered,
    Upload,
)

__all__ = [
    "Answer",
    "Client",
    "Denied",
    "Fetch",
    "FetchError",
    "NoAuthorities",
    "NotSent",
    "Request",
    "TooBig",
    "Unanswered",
    "Upload",
    "WrongProxy",
]
