"""What can happen to people?"""

from oyez.ledger.events import Kind

INVITED = Kind("people.invited", "Invited to the house", final=True)
LINKED = Kind("people.link_made", "Got a sign-in link", final=True)
LINK_USED = Kind("people.link_used", "Used a sign-in link", final=True)
TRY_FAILED = Kind("people.try_failed", "Somebody tried to come in, in vain", final=True)
PASSWORD_CHANGED = Kind("people.password_changed", "Chose a password", final=True)
FACTOR_ADDED = Kind("people.factor_added", "Set up a second factor", final=True)
FACTOR_REMOVED = Kind("people.factor_removed", "Removed a second factor", final=True)
CODES_MADE = Kind("people.codes_made", "Made new recovery codes", final=True)
FACTORS_RESET = Kind("people.factors_reset", "Took away somebody’s second factors", final=True)
SESSION_ENDED = Kind("people.session_ended", "Ended one session", final=True)
RENAMED = Kind("people.renamed", "Changed their name", final=True)
SIGNED_IN = Kind("people.signed_in", "Signed in", final=True)
SESSIONS_ENDED = Kind("people.sessions_ended", "Ended somebody’s sessions", final=True)
REMOVED = Kind("people.removed", "Removed from the house")
CERTIFIED = Kind("people.certified", "Recorded until when training lasts", final=True)
AWAY_SET = Kind("people.away_set", "Said from when to when somebody is away", final=True)
CAME_BACK = Kind("people.came_back", "Is back before the absence was over", final=True)
LANGUAGE_CHOSEN = Kind("people.language_chosen", "Chose a language for the pages", final=True)
DUTIES_GIVEN = Kind("people.duties_given", "Changed somebody’s role or duties")
ADMINISTRATOR_ASKED = Kind("people.administrator_asked", "Asked to make somebody an administrator")
ADMINISTRATOR_MADE = Kind("people.administrator_made", "Made somebody an administrator")
ADMINISTRATOR_DECLINED = Kind(
    "people.administrator_declined", "Declined to make somebody an administrator", final=True
)
TEAM_MADE = Kind("people.team_made", "Made a team", final=True)
TEAM_RENAMED = Kind("people.team_renamed", "Gave the team another name", final=True)
TEAM_ENDED = Kind("people.team_ended", "Ended the team", final=True)
JOINED = Kind("people.team_joined", "Put somebody into a team", final=True)
LEFT = Kind("people.team_left", "Took somebody out of a team", final=True)
