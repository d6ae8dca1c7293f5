"""Which message may say the same in another language?"""

from __future__ import annotations

from django.db.models import QuerySet

from oyez.posts.models import Post
from oyez.posts.queries.messages import posts

LIVE = (Post.State.DRAFT, Post.State.SUBMITTED)


def could_be_paired(post: Post) -> QuerySet[Post]:
    """Messages in another language that are paired with none, newest first."""
    return posts().filter(state__in=LIVE, pair=None).exclude(language=post.language)
