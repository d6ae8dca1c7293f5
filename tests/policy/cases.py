"""For every check: what it must see, with the words that set it off, and what it must let pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from oyez.policy.contract import Act, Boosted, Context, Followed, Level, Said
from tests.policy.saying import (
    AFTER_THE_POLL,
    BEFORE_THE_PERIOD,
    NOON,
    SUNDAY,
    a_campaign,
    a_consent,
    a_feed,
    a_film,
    a_picture,
    a_yes,
    around,
    election,
    say,
)


@dataclass(frozen=True)
class Case:
    """One thing said. `words`: what a hit must name; `level` where it differs from the check's."""

    said: Said
    words: tuple[str, ...] = ()
    context: Context = field(default_factory=around)
    level: Level | None = None


def hit(
    said: Said | str,
    *words: str,
    context: Context | None = None,
    level: Level | None = None,
) -> Case:
    what = say(said) if isinstance(said, str) else said
    return Case(what, words, context or around(), level)


near = hit


@dataclass(frozen=True)
class Table:
    hits: Sequence[Case]
    misses: Sequence[Case]


def at(text: str, when: object) -> Said:
    return say(text, goes_at=when)


_BRIDGE = "https://council.example/bridge"
_LONG = "word " * 26 + "end."


def _led(status: int, final: str = "", *, link: str = _BRIDGE, why: str = "") -> Context:
    """Somebody has looked where this link leads."""
    return around(followed={link: Followed(final or link, status, NOON, why)})


def _refused(link: str) -> Context:
    return around(followed={link: Followed("", 0, NOON, "No public address.", refused=True)})


TABLES: Mapping[str, Table] = {
    "AC-1": Table(
        [
            hit(say(media=[a_picture(alt="")])),
            hit(say(media=[a_picture(alt=" \u200b")])),
            hit(say(media=[a_picture(alt="")]), context=around(incident=True), level=Level.WARN),
        ],
        [
            near(say(media=[a_picture(alt="A bridge in snow")])),
            near(say(media=[a_picture(alt="", decorative=True)])),
            near(say(media=[a_film(alt="")])),
        ],
    ),
    "AC-2": Table(
        [
            hit(say(media=[a_picture(alt="Photo of a bridge")])),
            hit(say(media=[a_picture(alt="An image of a bridge")])),
            hit(say(media=[a_picture(alt="bridge.jpg")])),
            hit(say(media=[a_picture(alt="IMG_2041.HEIC")])),
            hit(say(media=[a_picture(alt="x" * 126)])),
        ],
        [
            near(say(media=[a_picture(alt="A photographer on the bridge")])),
            near(say(media=[a_picture(alt="The imagery of the bridge")])),
            near(say(media=[a_picture(alt="x" * 125)])),
            near(say(media=[a_picture(alt="")])),
        ],
    ),
    "AC-3": Table(
        [
            hit(say(media=[a_film(captions=False)])),
            hit(say(media=[a_film(kind="audio/mpeg", captions=False)])),
            hit(
                say(media=[a_film(captions=False)]),
                context=around(incident=True),
                level=Level.WARN,
            ),
        ],
        [
            near(say(media=[a_film()])),
            near(say(media=[a_film(kind="audio/mpeg", captions=False, transcript=True)])),
            near(say(media=[a_picture()])),
        ],
    ),
    "AC-4": Table(
        [
            hit("Grit is out. #winterready", "#winterready"),
            hit("#haveyoursay", "#haveyoursay"),
            hit("#stormosric is near", "#stormosric", context=around(own_words=("Osric",))),
        ],
        [
            near("#WinterReady"),
            near("#winter"),
            near("#iPhone and #eBay"),
            near("#NHS"),
            near("#covid19"),
            near("#tamarshire"),
            near("#another"),
            near("https://council.example/#winterready"),
        ],
    ),
    "AC-5": Table(
        [
            hit("Out now #One #Two #Three", "#One", "#Two", "#Three"),
            hit("Our #Bridge is open.", "#Bridge"),
        ],
        [
            near("The bridge is open. #Bridge #Roads"),
            near("No. #1 of 3, see C# and issue 7"),
            near("The bridge is open. #Bridge https://council.example"),
        ],
    ),
    "AC-6": Table(
        [
            hit("Snow ❄️ ice 🧊 wind 💨 rain 🌧️", "❄️", "🧊", "💨", "🌧️"),
            hit("Well done 👏👏", "👏"),
            hit("✅ Gloves\n✅ Hat", "✅"),
        ],
        [
            near("Snow ❄️ ice 🧊 wind 💨"),
            near("A family 👩‍👩‍👧 at play"),
            near("Call 999 * # © ™ 1st"),
            near("✅ Gloves"),
        ],
    ),
    "AC-7": Table(
        [
            hit("𝗖𝗹𝗼𝘀𝗲𝗱 today", "𝗖𝗹𝗼𝘀𝗲𝗱"),
            hit("ＮＥＷＳ now", "ＮＥＷＳ"),
            hit("Ⓞⓟⓔⓝ", "Ⓞⓟⓔⓝ"),
            hit("🅽🅴🆆", "🅽🅴🆆"),
        ],
        [
            near("Closed today"),
            near("The ﬁre oﬃce: ligatures"),
            near("مرحبا بكم في المجلس"),
            near("שלום, 市議会, 시의회"),
            near("Parking 🅿️ and 🇬🇧 and ①"),
            near("Ysgol Gynradd Tŷ-gwyn"),
        ],
    ),
    "AC-8": Table(
        [hit(_LONG, "word"), hit("a\nb\nc\nd\ne")],
        [
            near("word " * 24 + "end."),
            near("One. " * 30),
            near("a\nb\nc\nd\n\ne\nf"),
            near("https://council.example/" + "-".join(["word"] * 40)),
        ],
    ),
    "AC-9": Table(
        [
            hit("ROAD CLOSED UNTIL TUESDAY", "ROAD", "CLOSED", "UNTIL", "TUESDAY"),
            hit("PLEASE stay AWAY from the RIVER", "PLEASE", "AWAY", "RIVER"),
        ],
        [
            near("NHS, BBC and UK in one"),
            near("The ROAD is CLOSED"),
            near("SEND, DEFRA and HMRC say"),
            near("A386 B3212 M5 PL20"),
        ],
    ),
    "AC-12": Table(
        [
            hit("See https://council.example/plan.pdf", "https://council.example/plan.pdf"),
            hit("https://council.example/PLAN.PDF?v=2", "https://council.example/PLAN.PDF?v=2"),
        ],
        [
            near("See https://council.example/pdf-help"),
            near("See https://council.example/?file=plan.pdf"),
            near("The file plan.pdf"),
        ],
    ),
    "CO-1": Table(
        [
            hit(at("What do you think?", SUNDAY), "What do you think", "?"),
            hit(at("Tell us more.", SUNDAY), "Tell us"),
            hit(at("Was it cold?", NOON + timedelta(hours=8)), "?"),
        ],
        [
            near(at("What do you think?", NOON)),
            near(at("See https://council.example/a?b=c", SUNDAY)),
            near(say("What do you think?", goes_at=SUNDAY, auto_note=True)),
            near(at("The bridge is open.", SUNDAY)),
            near(at("They tell users nothing.", SUNDAY)),
        ],
    ),
    "CO-2": Table(
        [
            hit(say(feed=a_feed(in_last_hour=4))),
            hit(say(said_before=("The  bridge is OPEN.",))),
        ],
        [
            near(say(feed=a_feed(in_last_hour=3))),
            near(say(feed=a_feed(in_last_hour=4, automatic=False))),
            near(say(said_before=("The bridge is open again.",))),
        ],
    ),
    "CO-3": Table(
        [
            hit(say(feed=a_feed(settled=False))),
            hit(say(feed=a_feed(changed=True)), level=Level.WARN),
            hit(say(feed=a_feed(overtaken="A later warning took its place")), level=Level.WARN),
        ],
        [near(say(feed=a_feed())), near(say())],
    ),
    "CO-4": Table(
        [hit("x" * 301), hit("x" * 301 + "\n---\nshort"), hit("👩‍👩‍👧" * 301)],
        [near("x" * 300), near("x" * 300 + "\n---\n" + "y" * 300), near("👩‍👩‍👧" * 300)],
    ),
    "CO-5": Table(
        [
            hit(say(campaign=a_campaign(objective=""))),
            hit(say(campaign=a_campaign(owner=" ", measure=""))),
        ],
        [near(say(campaign=a_campaign())), near(say())],
    ),
    "CO-6": Table(
        [
            hit(say(f"See {_BRIDGE}", campaign=a_campaign()), _BRIDGE),
            hit(
                say("https://www.council.example/?a=1", campaign=a_campaign()),
                "https://www.council.example/?a=1",
            ),
        ],
        [
            near(say(f"See {_BRIDGE}?utm_campaign=x", campaign=a_campaign())),
            near(say("See https://elsewhere.example/", campaign=a_campaign())),
            near(say("See https://notcouncil.example/", campaign=a_campaign())),
            near(say(f"See {_BRIDGE}")),
            near(say(f"See {_BRIDGE}", campaign=a_campaign(tag=""))),
        ],
    ),
    "CO-7": Table(
        [hit(say(media=[a_picture(licence="")])), hit(say(media=[a_film(licence="", source=" ")]))],
        [
            near(say(media=[a_picture()])),
            near(say(media=[a_picture(licence="", source="Jo Reed, 2026")])),
            near(say()),
        ],
    ),
    "RE-1": Table(
        [hit(say(record_class="")), hit(say(record_class="  "))],
        [near(say(record_class="routine")), near(Act("delete"))],
    ),
    "RE-2": Table(
        [
            hit(Act("delete")),
            hit(Act("hide", reason=" ")),
            hit(Act("delete", reason="Wrong date", archived=False)),
            hit(Act("delete", reason="Wrong date", holds=("FOI 27/113",))),
        ],
        [near(Act("delete", reason="Wrong date")), near(Act("view")), near(say())],
    ),
    "LA-1": Table(
        [
            hit(say(), context=around(languages=("en", "cy"))),
            hit(say(language="cy"), context=around(languages=("en", "cy"))),
        ],
        [
            near(say(other_languages=("cy",)), context=around(languages=("en", "cy"))),
            near(say()),
            near(say(language="pl"), context=around(languages=("en", "cy"))),
        ],
    ),
    "EL-1": Table(
        [
            hit("Jo Penrose visited the school.", "Jo Penrose", context=election()),
            hit("Thanks to @JoPenrose!", "@JoPenrose", context=election()),
            hit("Sian Rowe’s view", "Sian Rowe’s", context=election()),
            hit("Cllr Rowe said", "Cllr Rowe", context=election()),
            hit("TAMAR FIRST say", "TAMAR FIRST", context=election()),
            hit("by @tamarfirst@social.example", "@tamarfirst@social.example", context=election()),
            hit(at("Jo Penrose", NOON), "Jo Penrose", context=election(now=AFTER_THE_POLL)),
        ],
        [
            near("Jo Penrose visited the school."),
            near("Penrose Jo is a street; Jo Penroses too", context=election()),
            near("At the tamar, first things first", context=election()),
            near("Browe said, McRowe too", context=election()),
            near(at("Jo Penrose", AFTER_THE_POLL), context=election()),
            near(
                say("Jo Penrose", place={"area": "Moorland"}),
                context=election(
                    periods=(
                        election()
                        .periods[0]
                        .__class__(
                            "pre_election",
                            "By-election",
                            NOON - timedelta(days=3),
                            NOON + timedelta(days=9),
                            "Westmoor",
                        ),
                    ),
                ),
            ),
        ],
    ),
    "EL-2": Table(
        [hit(say(media=[a_picture(politician=True)]), context=election())],
        [
            near(say(media=[a_picture()]), context=election()),
            near(say(media=[a_picture(politician=True)])),
            near(
                say(media=[a_picture(politician=True)], goes_at=AFTER_THE_POLL), context=election()
            ),
        ],
    ),
    "EL-3": Table(
        [
            hit(say("", boost=Boosted(("Jo Penrose",))), context=election()),
            hit(say("", boost=Boosted(("Moorland District", "@jopenrose"))), context=election()),
        ],
        [
            near(say("", boost=Boosted(("Moorland District",))), context=election()),
            near(say("", boost=Boosted(("Jo Penrose",)))),
            near(say(), context=election()),
        ],
    ),
    "EL-4": Table(
        [
            hit("The incinerator plan", "incinerator", context=election()),
            hit(say(topics=("incinerator",)), context=election()),
        ],
        [
            near("Incinerators elsewhere", context=election()),
            near("The incinerator plan"),
            near(say(topics=("bins",)), context=election()),
        ],
    ),
    "EL-5": Table(
        [
            hit(
                say(campaign=a_campaign(significant=True, begins_on=date(2027, 4, 1))),
                context=election(),
            ),
            hit(
                say(
                    campaign=a_campaign(
                        significant=True,
                        begins_on=date(2027, 4, 1),
                        planned_on=date(2027, 3, 30),
                    )
                ),
                context=election(),
            ),
        ],
        [
            near(
                say(
                    campaign=a_campaign(
                        significant=True,
                        begins_on=date(2027, 4, 1),
                        planned_on=BEFORE_THE_PERIOD,
                    )
                ),
                context=election(),
            ),
            near(say(campaign=a_campaign(begins_on=date(2027, 4, 1))), context=election()),
            near(
                say(campaign=a_campaign(significant=True, begins_on=date(2027, 3, 1))),
                context=election(),
            ),
        ],
    ),
    "EL-7": Table(
        [
            hit(at("Bins move to Tuesday.", NOON), context=election()),
            hit(say(feed=a_feed(third_party=True)), context=election(), level=Level.HOLD),
        ],
        [
            near(say(), context=election()),
            near(at("Bins move to Tuesday.", AFTER_THE_POLL), context=election()),
            near(at("Bins move to Tuesday.", NOON)),
            near(say(feed=a_feed(third_party=True, automatic=False)), context=election()),
        ],
    ),
    "PR-1": Table(
        [
            hit("Write to jo.reed@mail.example", "jo.reed@mail.example"),
            hit("Ring 07700 900123", "07700 900123"),
            hit("Ring +44 20 7946 0018 today", "+44 20 7946 0018"),
            hit("NI: AB 12 34 56 C", "AB 12 34 56 C"),
            hit("NHS 943 476 5919", "943 476 5919"),
            hit(
                "She lives at 12 Mill Lane, Tavistock PL19 8AB", "12 Mill Lane, Tavistock PL19 8AB"
            ),
            hit("The car AB51 KXE was there", "AB51 KXE"),
        ],
        [
            near("Ring us on 01822 600100"),
            near("Ring us on +44 1822 600 100"),
            near("help@elsewhere.example and press@council.example"),
            near("The A386, B3212, M5 and bus 86A"),
            near("Call 999, 101 or 111"),
            near("Order 943 476 5918 and reference 2026/00123"),
            near("It costs £1,234,567,890 from 2026-11-24 to 2027"),
            near("Meet at Tavistock PL19 8AB"),
            near("See https://council.example/07700900123/a@b.example"),
            near("Follow @council@social.example"),
            near("At 10:30 on 24/11/2026, room G12 on floor B2"),
        ],
    ),
    "PR-2": Table(
        [
            hit(say(media=[a_picture(people=True)])),
            hit(
                say(media=[a_picture(people=True, consents=(a_consent(channels=frozenset({9})),))])
            ),
            hit(
                say(
                    media=[
                        a_picture(people=True, consents=(a_consent(expires_on=date(2027, 4, 13)),))
                    ]
                )
            ),
            hit(
                say(
                    goes_at=AFTER_THE_POLL,
                    media=[
                        a_picture(people=True, consents=(a_consent(expires_on=date(2027, 5, 1)),))
                    ],
                )
            ),
        ],
        [
            near(say(media=[a_picture()])),
            near(say(media=[a_picture(people=True, consents=(a_consent(),))])),
            near(
                say(
                    media=[
                        a_picture(
                            people=True,
                            consents=(
                                a_consent(channels=frozenset({1}), expires_on=date(2027, 4, 14)),
                            ),
                        )
                    ]
                )
            ),
        ],
    ),
    "PR-3": Table(
        [
            hit(say("About case TC-113: done.", answers_case="TC-113"), "TC-113"),
            hit(
                say("Your bathroom leak is mended.", answers_case="7", case_facts=("Bathroom",)),
                "bathroom",
            ),
        ],
        [
            near(say("Thank you, it is mended.", answers_case="TC-113", case_facts=("Bathroom",))),
            near(say("About case TC-113")),
        ],
    ),
    "PR-4": Table(
        [
            hit(say(media=[a_picture(removed=("location",))])),
            hit(say(media=[a_picture(removed=("location", "author"))])),
        ],
        [near(say(media=[a_picture()])), near(say())],
    ),
    "SE-1": Table(
        [
            hit(say(writer={"may_publish": False})),
            hit(say(writer={"acknowledged": False}), context=around(policy_version="3.2")),
            hit(say(writer={"certificate_until": date(2027, 4, 13)})),
        ],
        [
            near(say()),
            near(say(writer={"person": False, "may_publish": False, "acknowledged": False})),
            near(say(writer={"certificate_until": date(2027, 4, 14)})),
            near(
                say(writer={"certificate_until": date(2027, 4, 14)}),
                context=around(now=datetime(2027, 4, 14, 22, 59, tzinfo=UTC)),
            ),
        ],
    ),
    "SE-2": Table(
        [
            hit(say(digest="d", approvals=(a_yes(by_author=True),))),
            hit(say(digest="d", quorum=2, approvals=(a_yes(), a_yes()))),
        ],
        [
            near(say(digest="d", quorum=2, approvals=(a_yes(), a_yes(name="Cai")))),
            near(say(digest="d", quorum=1, approvals=(a_yes(),))),
            near(say(digest="d", quorum=1)),
            near(say(digest="d", approvals=(a_yes(by_author=True, digest="older"),))),
        ],
    ),
    "SE-3": Table(
        [
            hit(say(digest="other", approvals=(a_yes(),))),
            hit(say(digest="", quorum=1, approvals=(a_yes(),)), level=Level.INFO),
            hit(say(digest="other", only_moved=True, approvals=(a_yes(),))),
        ],
        [near(say(digest="d", approvals=(a_yes(),))), near(say(digest="d"))],
    ),
    "SE-4": Table(
        [
            hit("http://council.example/a", "http://council.example/a"),
            hit("https://bit.ly/3abc", "https://bit.ly/3abc"),
            hit("https://me@council.example/", "https://me@council.example/", level=Level.BLOCK),
            hit(
                "https://c\u043euncil.example/",
                "https://c\u043euncil.example/",
                level=Level.BLOCK,
            ),
            hit(
                "https://xn--cuncil-4nf.example/",
                "https://xn--cuncil-4nf.example/",
                level=Level.BLOCK,
            ),
            hit(say(link="https://bit.ly/3abc"), "https://bit.ly/3abc"),
            hit(_BRIDGE, _BRIDGE, context=_led(404), level=Level.BLOCK),
            hit(_BRIDGE, _BRIDGE, context=_led(410), level=Level.BLOCK),
            hit(say(link=_BRIDGE), _BRIDGE, context=_led(404), level=Level.BLOCK),
            hit(f"{_BRIDGE}#map", context=_led(404), level=Level.BLOCK),
            hit(f"{_BRIDGE}?utm_campaign=x", context=_led(404), level=Level.BLOCK),
            hit(_BRIDGE, _BRIDGE, context=_led(0, why="There is no server called so.")),
            hit(_BRIDGE, _BRIDGE, context=_led(503), level=Level.INFO),
            hit(_BRIDGE, _BRIDGE, context=_led(200, "https://casino.example/")),
            hit(_BRIDGE, _BRIDGE, context=_led(403, "https://login.example/")),
            hit(_BRIDGE, context=_led(200, "https://council.example.casino.example/")),
            hit("https://inside.example/", context=_refused("https://inside.example/")),
        ],
        [
            near(_BRIDGE),
            *(near(_BRIDGE, context=_led(status)) for status in (200, 204, 401, 403, 405, 429)),
            near(_BRIDGE, context=_led(200, f"{_BRIDGE}/")),
            near(_BRIDGE, context=_led(200, "https://www.council.example/bridge")),
            near(
                "https://www.trust.example/a",
                context=_led(200, "https://trust.example/", link="https://www.trust.example/a"),
            ),
            near(
                "https://trust.example/a",
                context=_led(200, "https://shop.trust.example/", link="https://trust.example/a"),
            ),
            near(
                "https://bit.ly/3abc",
                context=replace(
                    _led(200, "https://trust.example/", link="https://bit.ly/3abc"),
                    shorteners=("bit.ly",),
                ),
            ),
            near(_BRIDGE, context=_refused(_BRIDGE)),
            near("https://council.example/other", context=_led(404)),
            near("https://bit.ly/3abc", context=around(shorteners=("bit.ly",))),
            near("https://notbit.ly.example/"),
            near("https://tŷ.cymru/ and https://xn--mnchen-3ya.example/"),
            near("https://пример.рф/"),
            near("Mail a@b.example, see council.example"),
        ],
    ),
    "SE-5": Table(
        [
            hit("lol the bridge", "lol"),
            hit("I’m so tired of this", "I"),
            hit("What a bloody mess", "bloody"),
            hit("There is flooding in …. Stay away from … until it is over.", "in …", "from …"),
            hit("We open again at … tomorrow.", "at …"),
            hit("The next update comes at ...", "at ..."),
            hit("We are helping people in ..., and nobody is hurt.", "in ..."),
            hit("Nobody was hurt, says …, who leads the rescue.", "says …"),
            hit("The road is closed from ___ to ____ today.", "___", "____"),
            hit("Ring us on […] or [insert number].", "[…]", "[insert number]"),
            hit("It opens on XX March at xx:xx.", "XX", "xx:xx"),
            hit("Meet at [place] at XXpm.", "[place]", "XX"),
            hit(say("Mae llifogydd yn …. Cadwch draw.", language="cy"), "yn …"),
            hit(
                say(writer={"deputy_profile": True}),
                context=around(now=SUNDAY),
            ),
        ],
        [
            near("The bridge is open."),
            near("I-beams and World War I ended; I. Smith"),
            near("“I’m delighted,” said the head teacher"),
            near("Scunthorpe, Arsenal, shiitake and Trollope"),
            near("Wait … what?"),
            near("Wait ... what? And then … nothing."),
            near("The bridge is open… more to come…"),
            near("…and it opens again at noon."),
            near("Coming soon …"),
            near("“We are open at … all […] hours,” said the manager."),
            near("Love from us all xx"),
            near("Part XX of the Act; the XX century; sizes up to XXL"),
            near("Write to first__last or __init__; see [PDF] and [Cymraeg]"),
            near("I … I cannot say it in Welsh"),
            near("https://council.example/in/…/___"),
            near(say("Floods in …. Read more", writer={"person": False})),
            near(say("lol", place={"corporate": False})),
            near(say("lol", writer={"person": False})),
            near(say(writer={"deputy_profile": True})),
        ],
    ),
    "SE-7": Table(
        [
            hit(say(place={"state": "dormant"})),
            hit(say(place={"state": "retired"})),
            hit(say(place={"state": "emergency_only"})),
        ],
        [
            near(say()),
            near(say(place={"state": "emergency_only"}), context=around(incident=True)),
        ],
    ),
}
