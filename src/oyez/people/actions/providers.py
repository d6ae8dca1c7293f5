"""Signing in with an account at a provider: which one may, and whose account is whose (ADR 23).

An address in a token proves nobody for good: it is given to the next one who comes. So an account
is known by what never changes, and an address counts once, for the first link, and only where the
operator said that this provider may vouch for its domain.
"""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount, SocialApp
from django.db import IntegrityError, transaction

from oyez.kit import clock
from oyez.ledger.actor import Actor, NotAllowed, Refusal
from oyez.ledger.acts import act
from oyez.ledger.events import Kind
from oyez.ledger.sealing import writing
from oyez.people import discovery, events, providers, queries
from oyez.people.actions import sessions
from oyez.people.actions.own import for_oneself, here
from oyez.people.issuers import Issuer, judge
from oyez.people.models import Person
from oyez.people.tokens import Said, Wrong
from oyez.people.vault import of_provider


def add_provider(issuer: Issuer, secret: str, *, by: Actor) -> None:
    """From now on its people, of those who are here, may come in by it. Asked first whether it is
    there. Only on the machine: whoever chose the provider could come in as anybody.
    """
    _on_the_machine(by, events.PROVIDER_ADDED)
    judge(issuer)
    if not secret:
        raise Refusal("The client secret is empty. Put it into the file, whole.")
    if [one for one in providers.every() if one.slug == issuer.slug or one.url == issuer.url]:
        raise Refusal(f"“{issuer.slug}” or its address is set up already. See: oyez signin list")
    try:
        discovery.asked(issuer)
    except Wrong as wrong:
        raise Refusal(str(wrong)) from wrong
    row = SocialApp(
        provider=providers.PROTOCOL,
        provider_id=issuer.slug,
        name=issuer.name,
        client_id=issuer.client_id,
    )
    with (
        act(events.PROVIDER_ADDED, on=row, by=by, slug=issuer.slug, issuer=issuer.url),
        writing() as seal,
    ):
        row.settings = _kept(issuer, seal.seal(secret, of_provider(issuer.slug)))
        row.save()


def _kept(issuer: Issuer, sealed: str) -> dict[str, object]:
    return {
        "server_url": issuer.url,
        "kind": issuer.kind,
        "home": issuer.home,
        "domains": list(issuer.domains),
        "asks_factor": issuer.asks_factor,
        "sealed": sealed,
    }


def remove_provider(slug: str, *, by: Actor) -> int:
    """It lets nobody in any more; whoever had linked an account there is signed out everywhere: how
    many. They come in another way. Raises Refusal when there is none.
    """
    _on_the_machine(by, events.PROVIDER_REMOVED)
    row = providers.row(slug)
    url = providers.issuer(row).url
    with act(events.PROVIDER_REMOVED, on=row, by=by, slug=slug, issuer=url):
        linked = list(providers.links_to(url))
        for link in linked:
            _unlink(link.user, link, slug, by=by)
        SocialApp.objects.filter(pk=row.pk).delete()
    return len({link.user_id for link in linked})


def _on_the_machine(by: Actor, kind: Kind) -> None:
    if by.kind == Person.kind:
        raise NotAllowed(by, kind.says)


def recognise(issuer: Issuer, said: Said, *, by: Actor) -> Person:
    """Whose account this is, of those who are here. `by`: the door. Raises Wrong for everybody
    else, in the same words.
    """
    if found := providers.link(issuer.url, said.subject):
        if found.user.is_active:
            return _seen(found)
        with act(events.TRY_FAILED, on=found.user, by=by, door="provider"):
            pass
        raise Wrong("unknown", "Somebody who has left tried to come in.")
    person = _vouched_for(issuer, said)
    link_account(person, issuer, said, by=person)
    return person


def _seen(found: SocialAccount) -> Person:
    SocialAccount.objects.filter(pk=found.pk).update(last_login=clock.now())
    person: Person = found.user
    return person


def _vouched_for(issuer: Issuer, said: Said) -> Person:
    """Who has this proven address and has never yet linked an account at this provider: else a
    mailbox that was given to somebody new would bring its rights along.
    """
    person = queries.person(said.email) if said.email else None
    if not person or person.email.lower() != said.email:
        raise Wrong("unknown", "Nobody here has linked this account, or has its address.")
    if providers.links(person).filter(provider=issuer.url).exists():
        raise Wrong("unknown", f"Person {person.pk} has linked another account there.")
    return person


def link_account(person: Person, issuer: Issuer, said: Said, *, by: Actor) -> None:
    """This account is theirs from now on. Raises Wrong when it is somebody’s already."""
    for_oneself(person, by, events.ACCOUNT_LINKED)
    row = SocialAccount(
        user=person,
        provider=issuer.url,
        uid=said.subject,
        extra_data={"called": said.called},
    )
    try:
        with act(events.ACCOUNT_LINKED, on=person, by=by, provider=issuer.slug, **here(by)):
            row.save()
    except IntegrityError:
        raise Wrong("taken", "The account is linked already.") from None


def unlink_account(person: Person, pk: int, *, by: Actor) -> None:
    """It lets nobody in any more, and every session of theirs ends. Raises Refusal when it is gone
    already.
    """
    for_oneself(person, by, events.ACCOUNT_UNLINKED)
    with transaction.atomic():
        row = providers.links(person).filter(pk=pk).select_for_update().first()
        if not row:
            raise Refusal("This account has been unlinked already.")
        known = {one.url: one.slug for one in providers.every()}
        _unlink(person, row, known.get(row.provider, ""), by=by)


def _unlink(person: Person, row: SocialAccount, slug: str, *, by: Actor) -> None:
    with act(events.ACCOUNT_UNLINKED, on=person, by=by, provider=slug, **here(by)):
        row.delete()
        sessions.next_epoch(person)
