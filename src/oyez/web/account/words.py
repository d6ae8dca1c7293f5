"""How does what concerns one's own account read?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as later

WEAK = {
    "short": later("Enter a longer password: at least 15 characters, such as three random words"),
    "long": later("Enter a shorter password: at most 200 characters"),
    "simple": later("Enter a password that does not repeat the same few characters"),
    "yours": later("Enter a password that is not mostly your name, address or organisation"),
    "known": later("Enter another password: thieves of passwords already know this one"),
}
