"""What is a person asked about one delivery, by what it does there, and in which words?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from oyez.deliveries import rules

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing to do about it: its button, the question that comes first, and what was done.
    `title` and `done` take the name of the channel.
    """

    act: Words
    title: Words
    text: Words
    done: Words


@dataclass(frozen=True, slots=True)
class Asks:
    """`name` takes the name of the channel."""

    name: Words
    question: Words
    there: Answer
    again: Answer
    stop: Answer


ON_ITS_WAY = later("The message is on its way to %s.")
ASKS: Mapping[str, Asks] = {
    rules.PUBLISH: Asks(
        "%s",
        later("Is this message there? Only you can tell."),
        Answer(
            later("It is there: link it"),
            later("Is it there on %s?"),
            later("Look at the channel first. If you see the message, it counts as published."),
            later("The message counts as published on %s."),
        ),
        Answer(
            later("It is not there: send it now"),
            later("Send it to %s once more?"),
            later("Look at the channel first. If it is there after all, people see it twice."),
            ON_ITS_WAY,
        ),
        Answer(
            later("Do not send it"),
            later("Keep it from going to %s?"),
            later(
                "It does not go out there, and cannot be put back. Other channels are not touched."
            ),
            later("The message does not go to %s."),
        ),
    ),
    rules.EDIT: Asks(
        later("Correcting it on %s"),
        later("Does it say this there? Only you can tell."),
        Answer(
            later("It says this: note it"),
            later("Does it say this on %s?"),
            later("Look at the channel first. If it says this, it counts as corrected."),
            later("The message counts as corrected on %s."),
        ),
        Answer(
            later("It does not: correct it now"),
            later("Correct it on %s once more?"),
            later("Correcting it twice does no harm."),
            ON_ITS_WAY,
        ),
        Answer(
            later("Do not correct it"),
            later("Leave it as it is on %s?"),
            later("It stays there as it is. Other channels are not touched."),
            later("It stays as it is on %s."),
        ),
    ),
    rules.DELETE: Asks(
        later("Taking it down from %s"),
        later("Is it gone from there? Only you can tell."),
        Answer(
            later("It is gone: note it"),
            later("Is it gone from %s?"),
            later("Look at the channel first. If it is gone, it counts as taken down."),
            later("The message counts as taken down from %s."),
        ),
        Answer(
            later("It is still there: take it down now"),
            later("Take it down from %s once more?"),
            later("Taking it down twice does no harm."),
            ON_ITS_WAY,
        ),
        Answer(
            later("Leave it there"),
            later("Leave it on %s?"),
            later("It stays there. Other channels are not touched."),
            later("It stays on %s."),
        ),
    ),
}


def on(words: Words, channel: object) -> str:
    return str(words) % channel
