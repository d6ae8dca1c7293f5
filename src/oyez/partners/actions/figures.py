"""Keep the political register and the list of controversial topics."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

from django.db import IntegrityError, transaction

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.partners import events, queries
from oyez.partners.models import Figure, Topic
from oyez.partners.rules import figures as rules


def add_figure(said: rules.Said, *, by: Actor) -> Figure:
    """Put them in. Raises Refusal when the entry is wrong or is there already."""
    new = Figure(made_at=clock.now())
    _write(new, said)
    try:
        with act(events.FIGURE_ADDED, on=new, by=by):
            new.save()
    except IntegrityError:
        raise _there(new) from None
    return new


def change_figure(figure: Figure, *, by: Actor, **new: object) -> Figure:
    """Say parts of it anew, by the names of `rules.figures.Said`; the record keeps which."""
    with transaction.atomic():
        held = _held(figure)
        before = held.said
        _write(held, replace(before, **new))  # type: ignore[arg-type]
        after = held.said
        changed = sorted(name for name in new if getattr(before, name) != getattr(after, name))
        if changed:
            try:
                with act(events.FIGURE_CHANGED, on=held, by=by, changed=changed):
                    held.save()
            except IntegrityError:
                raise _there(held) from None
    return held


def retire_figure(figure: Figure, *, by: Actor) -> Figure:
    """They are political no more. The entry stays on record."""
    with transaction.atomic():
        held = _held(figure)
        held.retired_at = clock.now()
        with act(events.FIGURE_RETIRED, on=held, by=by):
            held.save(update_fields=["retired_at"])
    return held


def import_figures(text: str, *, try_only: bool = False, by: Actor) -> list[tuple[int, str]]:
    """Each line of a CSV file (`rules.figures.COLUMNS`) with what became of it: added, changed,
    the same, or what is wrong. A wrong line keeps no other back; `try_only` keeps nothing.
    """
    return [(line.number, _import(line, try_only, by)) for line in rules.read(text)]


def add_topic(words: str, *, until: date | None = None, by: Actor) -> Topic:
    """List words as controversial, until the end of a day or until further notice."""
    said = " ".join(words.split())
    if problem := rules.wrong_topic(said, until, queries.today()):
        raise Refusal(problem)
    new = Topic(words=said, until_on=until, made_at=clock.now())
    try:
        with act(events.TOPIC_ADDED, on=new, by=by):
            new.save()
    except IntegrityError:
        raise Refusal(f"“{new}” is listed already. Take it off to list it anew.") from None
    return new


def retire_topic(topic: Topic, *, by: Actor) -> Topic:
    """It is controversial no more."""
    with transaction.atomic():
        held = Topic.objects.select_for_update().get(pk=topic.pk)
        if held.retired_at:
            raise Refusal(f"“{held}” is off the list already.")
        held.retired_at = clock.now()
        with act(events.TOPIC_RETIRED, on=held, by=by):
            held.save(update_fields=["retired_at"])
    return held


def _import(line: rules.Line, try_only: bool, by: Actor) -> str:
    if not line.said:
        return line.problem
    standing = queries.same_figure(line.said)
    became = _became(standing, line.said)
    if not try_only:
        _take_over(standing, line.said, by)
    return became


def _became(standing: Figure | None, said: rules.Said) -> str:
    if not standing:
        return "added"
    return "the same" if standing.said == _as_standing(standing, said) else "changed"


def _as_standing(standing: Figure, said: rules.Said) -> rules.Said:
    """The spelling that stands wins: only case can differ."""
    return replace(said, name=standing.name, area=standing.area)


def _take_over(standing: Figure | None, said: rules.Said, by: Actor) -> None:
    if standing:
        change_figure(standing, **asdict(_as_standing(standing, said)), by=by)
    else:
        add_figure(said, by=by)


def _held(figure: Figure) -> Figure:
    held = Figure.objects.select_for_update().get(pk=figure.pk)
    if held.retired_at:
        raise Refusal(f"{held} is off the register already. Add the entry anew.")
    return held


def _write(figure: Figure, said: rules.Said) -> None:
    said = said.tidied()
    if problem := rules.wrong(said):
        raise Refusal(problem)
    for name, value in asdict(said).items():
        setattr(figure, name, list(value) if isinstance(value, tuple) else value)


def _there(figure: Figure) -> Refusal:
    return Refusal(f"{figure} is in the register already. Change that entry.")
