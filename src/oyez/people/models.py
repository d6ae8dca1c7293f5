"""Who is here?"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from oyez.ledger.sealing import keeps_inside
from oyez.people import rules, vault

keeps_inside("mfa.Authenticator", "data", vault.of_factor, vault.opened)
keeps_inside("socialaccount.SocialApp", "settings", vault.of_client, vault.opened)


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone who signs in. No password is ever made by default: a one-time link opens the first
    door.
    """

    class Role(models.TextChoices):
        ADMINISTRATOR = rules.ADMINISTRATOR, "Administrator"
        OFFICER = rules.OFFICER, "Communications officer"
        APPROVER = rules.APPROVER, "Approver"
        WRITER = rules.WRITER, "Writer"
        READER = rules.READER, "Reader"

    session_key = ""  # in which session they act, where they act on a page

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.READER)
    duties = models.JSONField(default=list, blank=True)  # of rules.DUTIES, besides the role
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField()
    certificate_until = models.DateField(null=True)  # of training, its last day; None: none is kept
    language = models.CharField(max_length=10, blank=True)  # empty: as their browser prefers
    epoch = models.IntegerField(default=0, db_default=0)  # of sessions: those of an older one end

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    kind = "person"
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_an_email")]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        return self._of_this_epoch(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._of_this_epoch, super().get_session_auth_fallback_hash())

    def _of_this_epoch(self, digest: str) -> str:
        """A session of another epoch holds another; that of the first is Django’s own, so that a
        process of the release before agrees.
        """
        return f"{digest}{self.epoch or ''}"

    def may(self, event_name: str, on: object) -> bool:
        """May they make this happen to `on`; anywhere at all, if that is None?"""
        scope = rules.scope(self.role, self.duties, event_name) if self.is_active else None
        if scope is rules.Scope.THEIR_TEAMS and isinstance(on, rules.OfTeams):
            return not self.team_numbers or rules.within(self.team_numbers, on.teams())
        if scope is rules.Scope.OWN and isinstance(on, rules.OfAPerson):
            return on.whose() == self.pk
        return scope is not None

    @cached_property
    def team_numbers(self) -> AbstractSet[int]:
        """Those they are in; read once, as their role is."""
        return frozenset(membership.team_id for membership in self.memberships.all())

    def whose(self) -> int:
        return self.pk

    @property
    def needs_factor(self) -> bool:
        """Can this person do what nobody should be able to do with a stolen password?"""
        return any(self.may(power, None) for power in rules.POWERS)

    def holds(self, wanted: str) -> bool:
        """Has this person the role or duty that a decision asks for?"""
        return self.is_active and rules.holds(self.role, self.duties, wanted)


class Team(models.Model):
    """Some of us, who own channels together."""

    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="team_name_once")]

    def __str__(self) -> str:
        return self.name

    def teams(self) -> AbstractSet[int]:
        return frozenset({self.pk} if self.pk else ())


class Membership(models.Model):
    """This person is in this team."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "team"], name="once_in_a_team"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.team}"


class Grant(models.Model):
    """This person is to be an administrator, says one; another has to confirm it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    by = models.JSONField(default=dict)
    why = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.JSONField(default=dict, blank=True)
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(settled_at=None), name="one_grant_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} as an administrator"


class SignInLink(models.Model):
    """A one-time way in. Only a digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    invites = models.BooleanField(default=False, db_default=False)  # lasts a week, not 15 minutes
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.person}"


class FormerAddress(models.Model):
    """Where somebody was written to before; kept until they have surely been told there."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_addresses")
    address = models.EmailField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"former address of {self.person}"


class Sitting(models.Model):
    """A session as its person sees it. Django keeps the session itself."""

    LONGEST = 300

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sittings")
    key = models.CharField(max_length=40, unique=True)  # of the session
    epoch = models.IntegerField()  # the person’s, when it began
    browser = models.CharField(max_length=LONGEST, blank=True)  # as it names itself
    where = models.CharField(max_length=45)  # the address it came from
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"session of {self.person} since {self.began_at}"


class Try(models.Model):
    """One try at a door; the key of the door is a digest."""

    door = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["door", "at"], name="tries_at_a_door")]

    def __str__(self) -> str:
        return f"try at {self.at}"


class Absence(models.Model):
    """From one day to another, both included, this person is away; `deputy` answers for them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField()
    deputy = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)  # back earlier than meant

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="absence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("deputy")), name="nobody_is_their_own_deputy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} away until {self.until_on}"
