"""Who is here, who comes in and how, and when they must leave."""

from oyez.people.actions.addresses import change_address
from oyez.people.actions.entering import let_in, make_link, try_password, use_link
from oyez.people.actions.factors import (
    Closed,
    add_app,
    add_passkey,
    make_codes,
    remove_factor,
    reset_factors,
    use_code,
)
from oyez.people.actions.granting import confirm, decline, make_administrator
from oyez.people.actions.passwords import choose_password
from oyez.people.actions.providers import (
    add_provider,
    link_account,
    recognise,
    remove_provider,
    unlink_account,
)
from oyez.people.actions.sessions import end_all_sessions, end_session, end_sessions, follow, seen
from oyez.people.actions.staffing import (
    certify,
    choose_language,
    end_absence,
    first_link,
    give,
    invite,
    remove,
    rename,
    set_absence,
)
from oyez.people.actions.teams import end_team, join, leave, make_team, rename_team

__all__ = [
    "Closed",
    "add_app",
    "add_passkey",
    "add_provider",
    "certify",
    "change_address",
    "choose_language",
    "choose_password",
    "confirm",
    "decline",
    "end_absence",
    "end_all_sessions",
    "end_session",
    "end_sessions",
    "end_team",
    "first_link",
    "follow",
    "give",
    "invite",
    "join",
    "leave",
    "let_in",
    "link_account",
    "make_administrator",
    "make_codes",
    "make_link",
    "make_team",
    "recognise",
    "remove",
    "remove_factor",
    "remove_provider",
    "rename",
    "rename_team",
    "reset_factors",
    "seen",
    "set_absence",
    "try_password",
    "unlink_account",
    "use_code",
    "use_link",
]
