"""Who may do what on which page: one row for each address. A page that is not here fails by name.

`all` everybody, signed in or not · `in` everybody who is signed in · `own` whose it is · `-` not
answered · else the event that they must be allowed. The last word names what it is done to, see
world.py; what it is done to decides whose teams are asked.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    name: str
    get: str
    post: str
    on: str


TABLE = """
feeds_out:atom         all                           -
feeds_out:description  all                           -
feeds_out:json         all                           -
news:list              all                           -
news:one               all                           -                              key
news:picture           all                           -                              key_picture
health                 all                           -
reports                -                             all
ask:new                all                           all
ask:status             all                           -                              code
languages:choose       -                             all
signin:ask             all                           all
signin:link            all                           all
signin:use             all                           all                            token
approve:preview        all                           all                            token
approve:picture        all                           -                              token_picture
signin:begin           -                             all                            provider
signin:back            all                           -                              provider
signin:again_with      -                             in                             provider
signin:factor          all                           all
signin:passkey         -                             all
signin:challenge       -                             all
signin:out             -                             in
signin:again           in                            in
account:show           in                            -
account:password       in                            in
account:name           in                            in
account:end_session    -                             in                             session
account:end_others     -                             in
account:link_account   -                             in                             provider
account:unlink_account own                           own                            account
account:factors        in                            -
account:app            in                            in
account:passkey        in                            in
account:challenge      -                             in
account:recovery       in                            in
account:remove_factor  own                           own                            factor
audit:list             ledger.exported               -
audit:verify           -                             ledger.verification_asked
audit:copy             -                             ledger.exported
home:show              in                            -
home:needs             in                            -
settings:index         in                            -

feeds:list             in                            -
feeds:show             in                            -                              feed
feeds:add              feeds.added                   feeds.added
feeds:rule             feeds.added                   feeds.added
feeds:bring            feeds.added                   feeds.added
feeds:change           feeds.changed                 feeds.changed                  feed
feeds:poll             -                             feeds.changed                  feed
feeds:pause            -                             feeds.paused                   feed
feeds:resume           -                             feeds.resumed                  feed
feeds:confirm          feeds.confirmed               feeds.confirmed                feed
feeds:trust            feeds.trusted                 feeds.trusted                  feed_level

channels:list          in                            -
channels:show          in                            -                              channel
channels:add           channels.linked               -
channels:link          channels.linked               channels.linked                network
channels:again         channels.linked               channels.linked                channel
channels:steps         decisions.steps_set           decisions.steps_set            channel
channels:describe      channels.described            channels.described             channel
channels:team          channels.given_to_a_team      channels.given_to_a_team       channel
channels:check         -                             channels.checked               channel
channels:remove        channels.removed              channels.removed               channel

write:new              posts.started                 posts.started
write:looks            -                             posts.edited
write:autosave         -                             posts.edited
write:edit             posts.edited                  posts.edited                   draft
write:merge            posts.edited                  posts.edited                   draft_version
write:undo             -                             posts.reopened                 sent
planner:show           in                            -
planner:week           in                            -                              day
planner:day            in                            -                              day
planner:month          in                            -                              day
planner:import         posts.started                 posts.started
planner:slots          in                            posts.slot_kept
planner:remove_slot    -                             posts.slot_removed             slot
planner:repeats        in                            -
planner:end_repeat     posts.repeat_ended            posts.repeat_ended             repeat
planner:queue          -                             posts.edited                   draft
planner:repeat         posts.repeated                posts.repeated                 draft
planner:move           posts.edited                  posts.edited                   draft

messages:list          in                            -
messages:show          in                            -                              sent
messages:discard       posts.discarded               posts.discarded                draft
messages:restore       -                             posts.restored                 draft
messages:copy          -                             posts.started                  house_draft
messages:pair          posts.paired                  posts.paired                   draft
messages:begin_pair    -                             posts.paired                   draft
messages:part          posts.parted                  posts.parted                   draft
messages:correct       -                             posts.edited                   sent
messages:takedown      deliveries.take_down_asked    deliveries.take_down_asked     sent
messages:comment       -                             posts.commented                draft
messages:share         -                             posts.shared                   draft
messages:unshare       -                             posts.unshared                 draft
messages:there         deliveries.decided_there      deliveries.decided_there       delivery
messages:again         deliveries.decided_resend     deliveries.decided_resend      delivery
messages:withhold      deliveries.withheld           deliveries.withheld            delivery

approve:list           in                            -
approve:show           in                            decisions.approved             review
approve:changes        decisions.changes_asked       decisions.changes_asked        review
approve:late           -                             decisions.approved             review
approve:release        decisions.released            decisions.released             hold

library:list           in                            -
library:show           in                            -                              picture
library:picture        in                            -                              picture_size
library:film           in                            -                              no_film
library:vtt            in                            -                              no_film
library:add            library.uploaded              library.uploaded
library:describe       library.described             library.described              picture
library:caption        library.captioned             library.captioned              picture
library:retire         library.retired               library.retired                picture
library:consent        library.consent_recorded      library.consent_recorded       picture
library:withdraw       library.consent_withdrawn     library.consent_withdrawn      consent

notices:list           in                            -
notices:read           -                             own                            notice
notices:read_all       -                             in
notices:choose         in                            in
notices:away           -                             in
notices:back           -                             own                            absence
notices:log            notices.tested                -

requests:list          in                            -
requests:show          in                            -                              request
requests:accept        -                             requests.accepted              request
requests:refuse        requests.refused              requests.refused               request
requests:done          requests.answered             requests.answered              request
requests:reopen        -                             requests.reopened              request

stop:show              in                            -
stop:all               emergency.stopped             emergency.stopped
stop:channel           emergency.stopped             emergency.stopped              channel
stop:resume_all        emergency.resumed             emergency.resumed              every_channel
stop:resume_channel    emergency.resumed             emergency.resumed              channel

takeover:show          in                            -
takeover:all           emergency.cut_off             emergency.cut_off
takeover:channel       emergency.cut_off             emergency.cut_off              channel
takeover:drill         emergency.drilled             emergency.drilled              every_channel
takeover:ours          listening.answered            listening.answered             channel
takeover:over          listening.answered            listening.answered             channel

policy:show            in                            -
policy:older           in                            -                              version
policy:checks          in                            -
policy:check           in                            -                              check
policy:try             in                            -
policy:replay          in                            in
policy:acknowledge     -                             in
policy:publish         policy.published              policy.published
policy:level           policy.level_changed          policy.level_changed           check
policy:house           policy.fact_set               policy.fact_set

people:roles           in                            -
people:list            people.invited                -
people:show            people.invited                -                              person
people:invite          people.invited                people.invited
people:link            -                             people.link_made               person
people:change          people.duties_given           people.duties_given            person
people:address           people.address_changed         people.address_changed         person
people:sign_out        people.sessions_ended         people.sessions_ended          person
people:remove          people.removed                people.removed                 person
people:return          people.invited                people.invited                 person
people:confirm         people.administrator_made     people.administrator_made      grant
people:decline         -                             people.administrator_declined  grant
people:add_team        people.team_made              people.team_made
people:rename_team     people.team_renamed           people.team_renamed            team
people:end_team        people.team_ended             people.team_ended              team

periods:list           in                            -
periods:show           in                            -                              period
periods:propose        emergency.period_opened       -
periods:add            emergency.period_opened       emergency.period_opened
periods:change         emergency.period_changed      emergency.period_changed       period
periods:close          emergency.period_closed       emergency.period_closed        period
beginnings:list        in                            -
beginnings:show        in                            -                              template
beginnings:add         posts.template_kept           posts.template_kept
beginnings:change      posts.template_kept           posts.template_kept            template
beginnings:remove      posts.template_retired        posts.template_retired         template
campaigns:list         in                            -
campaigns:show         in                            -                              campaign
campaigns:add          strategy.campaign_added       strategy.campaign_added
campaigns:change       strategy.campaign_changed     strategy.campaign_changed      campaign
campaigns:close        strategy.campaign_closed      strategy.campaign_closed       campaign
partners:list          in                            -
partners:show          in                            -                              partner
partners:add           partners.added                partners.added
partners:change        partners.changed              partners.changed               partner
partners:retire        partners.retired              partners.retired               partner
figures:list           in                            -
figures:show           in                            -                              figure
figures:add            partners.figure_added         partners.figure_added
figures:change         partners.figure_changed       partners.figure_changed        figure
figures:retire         partners.figure_retired       partners.figure_retired        figure
figures:topics         in                            -
figures:add_topic      partners.topic_added          partners.topic_added
figures:retire_topic   partners.topic_retired        partners.topic_retired         topic
"""


def rows() -> dict[str, Row]:
    """The rows by the name of the address."""
    split = [line.split() for line in TABLE.splitlines() if line.strip()]
    return {row[0]: Row(*[*row, ""][:4]) for row in split}
