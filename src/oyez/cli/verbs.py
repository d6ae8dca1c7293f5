"""Which verbs are there? project/main.py adds up, worker and db."""

from __future__ import annotations

import click

from oyez.cli import (
    audit,
    campaigns,
    channels,
    checks,
    deliveries,
    docs,
    feeds,
    figures,
    house,
    keys,
    library,
    notices,
    partners,
    people,
    periods,
    policy,
    posts,
    requests,
    reviews,
    signin,
    slots,
    steps,
    teams,
    templates,
    writing,
)

GROUPS: list[click.Command] = [
    house.health,
    channels.channels,
    keys.keys,
    steps.steps,
    feeds.feeds,
    feeds.items,
    checks.checks,
    requests.requests,
    deliveries.post,
    posts.posts,
    templates.templates,
    reviews.reviews,
    reviews.approve,
    reviews.reject,
    reviews.send_late,
    slots.slots,
    deliveries.deliveries,
    deliveries.decide,
    deliveries.withhold,
    house.stop,
    house.resume,
    house.hijack,
    notices.notices,
    people.people,
    signin.signin,
    teams.teams,
    library.library,
    periods.periods,
    campaigns.campaigns,
    partners.partners,
    figures.figures,
    figures.topics,
    policy.policy,
    audit.audit,
    docs.docs,
]

for _verb in writing.VERBS:
    posts.posts.add_command(_verb)
