"""Where does a picture or film stand?"""

from __future__ import annotations

from django.db.models import QuerySet

from oyez.posts.models import Post, Recurrence
from oyez.posts.queries.messages import posts
from oyez.posts.queries.slots import recurrences


def holding(attachment: int) -> QuerySet[Post]:
    """Messages in whose words as they stand this picture or film is, newest first."""
    return posts().filter(content__media__contains=[{"attachment": attachment}])


def repeats_holding(attachment: int) -> QuerySet[Recurrence]:
    """What comes again with this picture or film in it."""
    return recurrences().filter(content__media__contains=[{"attachment": attachment}])
