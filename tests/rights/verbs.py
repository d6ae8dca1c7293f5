"""Who may do what on the command line: one row for each verb. One that is not here fails by name.

`in` shows what everybody may read · `console` in nobody's name, or tried elsewhere · else the event
that the person must be allowed. Then the words; {…} is a thing of world.py.
"""

from __future__ import annotations

TABLE = """
health                    in
docs                      console
channels add mastodon     channels.linked            --server 127.0.0.1:1 --secret-file {file}
channels add bluesky      channels.linked            --identifier a.example --secret-file {file}
channels list             in
channels check            channels.checked           {channel}
channels describe         channels.described         {channel} --tone Plain
channels give             channels.given_to_a_team   {channel} --to-all
channels remove           channels.removed           {channel}
keys list                 channels.key_added
keys rotate               console
steps                     decisions.steps_set        {channel} --ask approver
feeds add                 console
feeds import              console
feeds export              in
feeds list                in
feeds poll                console
feeds preview             console
feeds pause               feeds.paused               {feed}
feeds resume              feeds.resumed              {feed}
feeds trust               feeds.trusted              {feed} suggest
feeds whose               feeds.changed              {feed} third-party
feeds confirm             feeds.confirmed            {feed}
items                     in
checks list               in
checks run                in                         --text Hello
checks dry-run            in                         AC-1 warn
checks replay             in                         --text Hello
requests list             in
requests show             in                         {request}
requests accept           requests.accepted          {request}
requests refuse           requests.refused           {request} --why No
requests answer           console
requests reopen           console
requests ask              in                         --name Ann --email a@b.uk --what Hi
post                      posts.submitted            Hello --to {channel}
posts list                in
posts show                in                         {draft}
posts take-back           posts.reopened             {sent}
posts move                posts.edited               {draft} 2027-05-06T10:00
posts queue               posts.edited               {draft}
posts correct             console
posts take-down           console
posts discard             posts.discarded            {draft}
posts restore             console
posts copy                posts.started              {house_draft}
posts pair                posts.paired               {draft} --language cy
posts part                console
posts comment             posts.commented            {draft} Fine
posts import              console
posts write               posts.started              Hello --to {channel}
posts edit                posts.edited               {draft} --text Other
posts hand-in             console
templates list            in
templates keep            posts.template_kept        Snow --text Snow
templates use             posts.started              {template} --to {channel}
templates remove          posts.template_retired     {template}
reviews                   in
approve                   console
reject                    console
send-late                 console
slots list                in
slots add                 posts.slot_kept            {channel} monday 09:10
slots remove              posts.slot_removed         {slot}
deliveries                in
decide                    deliveries.decided_resend  {delivery} resend
withhold                  console
stop                      emergency.stopped          --channel {channel} --why Fire
resume                    console
hijack                    console
notices list              notices.tested
notices log               notices.tested
notices test              console
people list               people.invited
people invite             people.invited             new@council.example
people give               people.duties_given        sam@council.example --role writer
people grants             people.administrator_made
people confirm            people.administrator_made  sam@council.example
people decline            people.administrator_declined sam@council.example
people certificate        people.certified           sam@council.example --none
people link               people.link_made           sam@council.example
people reset-factors      console
people sign-out           console
people remove             people.removed             sam@council.example
people away               console
people back               console
people first-link         console
signin list               people.provider_added
signin add                console
signin check              console
signin remove             console
teams list                in
teams make                people.team_made           Bridges
teams rename              people.team_renamed        Parks Gardens
teams end                 people.team_ended          Parks
teams join                people.team_joined         Parks sam@council.example
teams leave               console
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
figures import            console
figures retire            partners.figure_retired    {figure}
topics list               in
topics add                partners.topic_added       parking
topics retire             partners.topic_retired     {topic}
policy list               in
policy publish            console
policy acknowledge        console
policy unacknowledged     in
policy levels             in
policy level              policy.level_changed       AC-1 warn --why Tried
policy facts              in
policy set                console
audit list                ledger.exported
audit head                in
audit verify              console
audit export              console
audit forget              console
"""


def rows() -> dict[str, tuple[str, list[str]]]:
    """By verb: the event, and the words behind the verb."""
    found = {}
    for line in filter(None, map(str.strip, TABLE.splitlines())):
        verb, rest = line[:26].strip(), line[26:].split()
        found[verb] = (rest[0], rest[1:])
    return found
