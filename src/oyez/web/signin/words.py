"""What is said to somebody whom a provider could not sign in: one sentence, and what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oyez.people.issuers import Issuer
from oyez.people.tokens import Wrong


def said(wrong: Wrong, issuer: Issuer) -> str:
    return _sentences()[wrong.why] % {"name": issuer.name}


def _sentences() -> dict[str, str]:
    return {
        "away": _("%(name)s does not answer. Try again in some minutes, or come in another way."),
        "denied": _("You stopped at %(name)s, so nothing happened. Try again when you like."),
        "answer": _(
            "The answer of %(name)s could not be believed. Try again; if it stays so, tell the "
            "person who looks after Oyez."
        ),
        "lost": _("This took too long, or began in another browser. Begin again."),
        "clock": _(
            "The clocks of %(name)s and of this house differ. Tell the person who looks after Oyez."
        ),
        "tenant": _(
            "This account belongs to another organisation. Choose your work account at %(name)s."
        ),
        "unknown": _(
            "Nobody here has this account. Come in another way and link it under your account, or "
            "ask an administrator to invite you."
        ),
        "taken": _("This account is linked already, to you or to somebody else."),
        "other": _("This is not the account of %(name)s that you have linked here."),
        "stale": _(
            "%(name)s did not ask you anew who you are. Sign out there and try again, or come in "
            "another way."
        ),
        "many": _("There were too many tries. Wait 15 minutes, then try again."),
        "broken": _(
            "This house has lost what it needs for %(name)s. Tell the person who looks after Oyez."
        ),
        "weak": _("%(name)s does not say that it asked for two factors. Use yours here."),
    }
