"""Who may do what on the command line: one row for each verb. One that is not here fails by name.

`in` shows what everybody may read · `console` in nobody's name, or tried elsewhere · else the event
that the person must be allowed. Then the words; {…} is a thing of world.py.
"""

from __future__ import annotations

from typing import NamedTuple

TABLE = """
health                    in
docs                      machine
channels add mastodon     channels.linked            --server 127.0.0.1:1 --secret-file {file}
channels add bluesky      channels.linked            --identifier a.example --secret-file {file}
channels list             in
channels check            channels.checked           {channel}
channels describe         channels.described         {channel} --tone Plain
channels give             channels.given_to_a_team   {channel} --to-all
channels remove           channels.removed           {channel}
keys list                 channels.key_added
keys rotate               machine
steps                     decisions.steps_set        {channel} --ask approver
feeds add                 feeds.added                http://127.0.0.1:1/feed --to {channel}
feeds import              feeds.added                {opml} --to {channel}
feeds export              in
feeds list                in
feeds poll                feeds.changed              {feed}
feeds preview             feeds.added                http://127.0.0.1:1/feed --to {channel}
feeds pause               feeds.paused               {feed}
feeds resume              feeds.resumed              {feed}
feeds trust               feeds.trusted              {feed} suggest
feeds whose               feeds.changed              {feed} third-party
feeds confirm             feeds.confirmed            {feed}
items                     in
checks list               in
checks run                in                         --text Hello
checks run                posts.started              --text Hello --follow
checks dry-run            in                         AC-1 warn
checks replay             in                         --text Hello
requests list             in
requests show             in                         {request}
requests accept           requests.accepted          {request}
requests refuse           requests.refused           {request} --why No
requests answer           requests.answered          {request} --words Done
requests reopen           requests.reopened          {request}
requests ask              in                         --name Ann --email a@b.uk --what Hi
post                      posts.submitted            Hello --to {channel}
posts list                in
posts show                in                         {draft}
posts take-back           posts.reopened             {sent}
posts move                posts.edited               {draft} 2027-05-06T10:00
posts queue               posts.edited               {draft}
posts correct             posts.edited               {sent}
posts take-down           deliveries.take_down_asked {sent} --why Wrong
posts discard             posts.discarded            {draft}
posts restore             posts.restored             {draft}
posts copy                posts.started              {house_draft}
posts pair                posts.paired               {draft} --language cy
posts part                posts.parted               {draft}
posts comment             posts.commented            {draft} Fine
posts import              posts.started              {messages}
posts write               posts.started              Hello --to {channel}
posts edit                posts.edited               {draft} --text Other
posts hand-in             posts.submitted            {draft}
templates list            in
templates keep            posts.template_kept        Snow --text Snow
templates use             posts.started              {template} --to {channel}
templates remove          posts.template_retired     {template}
reviews                   in
approve                   decisions.approved         {sent}
reject                    decisions.changes_asked    {sent} --why No
send-late                 decisions.approved         {sent}
slots list                in
slots add                 posts.slot_kept            {channel} monday 09:10
slots remove              posts.slot_removed         {slot}
deliveries                in
decide                    deliveries.decided_resend  {delivery} resend
decide                    deliveries.decided_there   {delivery} arrived
withhold                  deliveries.withheld        {delivery} --why Wrong
stop                      emergency.stopped          --channel {channel} --why Fire
resume                    emergency.resumed          --channel {channel}
hijack                    in
hijack                    emergency.cut_off          --channel {channel}
hijack                    emergency.drilled          --channel {channel} --drill
hijack                    listening.answered         --ours {channel}
notices list              notices.tested
notices log               notices.tested
notices test              notices.tested             ann@council.example
people list               people.invited
people invite             people.invited             new@council.example
people give               people.duties_given        sam@council.example --role writer
people grants             people.administrator_made
people confirm            people.administrator_made  sam@council.example
people decline            people.administrator_declined sam@council.example
people certificate        people.certified           sam@council.example --none
people address            people.address_changed     sam@council.example samuel@council.example
people link               people.link_made           sam@council.example
people reset-factors      machine                    sam@council.example
people sign-out           people.sessions_ended      sam@council.example
people sign-out           in                         {me}
people sign-out           people.sessions_ended      --everybody
people remove             people.removed             sam@council.example
people away               people.away_set            second@council.example --until 2027-05-07
people away               in                         {me} --from 2027-05-06 --until 2027-05-07
people back               people.came_back           sam@council.example
people back               in                         {me}
people first-link         machine
signin list               people.provider_added
signin add                machine                    council --client-id oyez --secret-file {file}
signin check              people.provider_added      council
signin remove             machine                    council
teams list                in
teams make                people.team_made           Bridges
teams rename              people.team_renamed        Parks Gardens
teams end                 people.team_ended          Parks
teams join                people.team_joined         Parks sam@council.example
teams leave               people.team_left           Roads writer@council.example
library add               library.uploaded           {file}
library list              in
library show              in                         {picture}
library retire            library.retired            {picture} --anyway
periods list              in
periods add               emergency.period_opened    X --poll 2027-05-06
periods change            emergency.period_changed   {period} --name Other
periods close             emergency.period_closed    {period} --why Over
periods propose           in                         --poll 2027-05-06
campaigns list            in
campaigns add             strategy.campaign_added    Spring
campaigns close           strategy.campaign_closed   {campaign}
partners list             in
partners add              partners.added             Friends
partners retire           partners.retired           {partner}
figures list              in
figures add               partners.figure_added      Ben --kind councillor
figures import            partners.figure_added      {figures}
figures retire            partners.figure_retired    {figure}
topics list               in
topics add                partners.topic_added       parking
topics retire             partners.topic_retired     {topic}
policy list               in
policy publish            policy.published           {file} --number 2.0
policy acknowledge        in
policy unacknowledged     in
policy levels             in
policy level              policy.level_changed       AC-1 warn --why Tried
policy facts              in
policy set                policy.fact_set            own_words Snow
audit list                ledger.exported
audit head                ledger.exported
audit verify              ledger.exported
audit verify              in                         --file {copy}
audit export              ledger.exported            {new}
audit forget              ledger.forgotten           person sam@council.example --why Asked
"""


MACHINE = {
    "docs": "It draws the documents of the source that it stands in, and asks no house.",
    "keys rotate": "It changes the file of keys, which no right in the house reaches.",
    "people reset-factors": "Whoever could do it in a name could come in as anybody.",
    "signin add": "Whoever chooses the provider can come in as anybody.",
    "signin remove": "As adding one, and it signs out everybody who came in by it.",
    "people first-link": "`oyez up` says it before anybody is here.",
}
"""Done in nobody’s name, and why."""


class Row(NamedTuple):
    verb: str
    asks: str
    words: list[str]


def rows() -> list[Row]:
    """Verb, event, and the words behind the verb."""
    lines = filter(None, map(str.strip, TABLE.splitlines()))
    return [Row(line[:26].strip(), *_split(line[26:].split())) for line in lines]


def _split(rest: list[str]) -> tuple[str, list[str]]:
    return rest[0], rest[1:]
