"""Who may see a draft without signing in, and what was said about it?"""

from __future__ import annotations

from hashlib import sha256

from django.db.models import QuerySet

from oyez.kit import clock
from oyez.posts.models import Comment, Post, PreviewLink


def preview_links(post: Post) -> QuerySet[PreviewLink]:
    """Those that work now."""
    return post.preview_links.filter(ended_at=None, expires_at__gt=clock.now()).order_by("-id")


def comments(post: Post) -> QuerySet[Comment]:
    return post.comments.order_by("id")


def shared(token: str) -> Post | None:
    """The message behind a preview link that has neither ended nor expired."""
    links = PreviewLink.objects.select_related("post").filter(
        digest=token_digest(token), ended_at=None, expires_at__gt=clock.now()
    )
    link = links.first()
    return link.post if link else None


def token_digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
