"""Which checks are there, and which are only planned? One line each, by id."""

from __future__ import annotations

from oyez.policy.checks.ac_1_alt_text import AltText
from oyez.policy.checks.ac_2_good_alt_text import GoodAltText
from oyez.policy.checks.ac_3_captions import Captions
from oyez.policy.checks.ac_4_hashtag_capitals import HashtagCapitals
from oyez.policy.checks.ac_5_hashtags import Hashtags
from oyez.policy.checks.ac_6_emoji import Emoji
from oyez.policy.checks.ac_7_look_alike_letters import LookAlikeLetters
from oyez.policy.checks.ac_8_short_sentences import ShortSentences
from oyez.policy.checks.ac_9_capitals import Capitals
from oyez.policy.checks.ac_12_pdf import PdfLink
from oyez.policy.checks.co_1_staffed import Staffed
from oyez.policy.checks.co_2_repeats import Repeats
from oyez.policy.checks.co_3_settling import Settling
from oyez.policy.checks.co_4_fits import Fits
from oyez.policy.checks.co_5_campaign import CampaignIsWhole
from oyez.policy.checks.co_6_campaign_tag import CampaignTag
from oyez.policy.checks.co_7_licence import Licence
from oyez.policy.checks.el_1_politicians_named import PoliticiansNamed
from oyez.policy.checks.el_2_politicians_pictured import PoliticiansPictured
from oyez.policy.checks.el_3_sharing_politicians import SharingPoliticians
from oyez.policy.checks.el_4_controversial_topics import ControversialTopics
from oyez.policy.checks.el_5_new_campaigns import NewCampaigns
from oyez.policy.checks.el_7_inside_a_period import InsideAPeriod
from oyez.policy.checks.la_1_languages import Languages
from oyez.policy.checks.pr_1_personal_data import PersonalData
from oyez.policy.checks.pr_2_consent import PeopleConsented
from oyez.policy.checks.pr_3_case_facts import CaseFacts
from oyez.policy.checks.pr_4_metadata import Metadata
from oyez.policy.checks.re_1_record_class import RecordClass
from oyez.policy.checks.re_2_deleting import Deleting
from oyez.policy.checks.se_1_may_publish import MayPublish
from oyez.policy.checks.se_2_second_person import SecondPerson
from oyez.policy.checks.se_3_changed_since import ChangedSince
from oyez.policy.checks.se_4_links import Links
from oyez.policy.checks.se_5_voice import Voice
from oyez.policy.checks.se_7_dormant import Dormant
from oyez.policy.contract import Check

CHECKS: tuple[Check, ...] = (
    AltText(),
    GoodAltText(),
    Captions(),
    HashtagCapitals(),
    Hashtags(),
    Emoji(),
    LookAlikeLetters(),
    ShortSentences(),
    Capitals(),
    PdfLink(),
    Staffed(),
    Repeats(),
    Settling(),
    Fits(),
    CampaignIsWhole(),
    CampaignTag(),
    Licence(),
    PoliticiansNamed(),
    PoliticiansPictured(),
    SharingPoliticians(),
    ControversialTopics(),
    NewCampaigns(),
    InsideAPeriod(),
    Languages(),
    PersonalData(),
    PeopleConsented(),
    CaseFacts(),
    Metadata(),
    RecordClass(),
    Deleting(),
    MayPublish(),
    SecondPerson(),
    ChangedSince(),
    Links(),
    Voice(),
    Dormant(),
)

PLANNED: tuple[tuple[str, str], ...] = (
    ("EL-6", "Nothing seems meant to help or harm a party, at any time"),
    ("EL-8", "Feeds of third parties pause before an election"),
    ("EL-9", "No statement on how people voted before polls close"),
    ("EL-10", "Nothing argues a referendum’s question in its period"),
    ("EV-1", "Contested claims name their source"),
    ("EV-2", "No commercial name is praised without saying why"),
    ("AC-10", "One link, and words that say where it goes"),
    ("AC-11", "Words in a picture stand in the message too"),
    ("PR-5", "Nobody’s history is watched without a case"),
    ("SE-6", "A channel in quarantine stays silent"),
    ("EM-1", "An incident pauses what is not about it"),
    ("EM-2", "An incident message says what, where, what to do and when the next one comes"),
    ("EM-3", "No warning that has ended is repeated"),
    ("EM-4", "Weather warnings carry their credit and link"),
    ("EM-5", "An exercise never leaves practice"),
    ("EM-6", "The agency in charge speaks first"),
    ("EM-7", "No event is promoted into a warning"),
    ("CO-8", "A boost comes from a partner in the register"),
    ("IN-1", "A request for information is recognised"),
    ("IN-2", "Danger to life wakes somebody"),
)
"""Rules of the design that no check looks at yet: shown as planned, never as passing."""


def ids() -> frozenset[str]:
    """Every rule of the design, built or planned."""
    return frozenset(check.id for check in CHECKS) | {one for one, _title in PLANNED}


def by_id(check: str) -> Check | None:
    """The check of this id, if it is built."""
    return next((one for one in CHECKS if one.id == check), None)
