"""What can happen to notices?"""

from oyez.ledger.events import Kind

READ = Kind("notices.read", "Read notices", final=True)
CHOSE = Kind("notices.chose", "Chose how to be told", final=True)
LINK_ASKED = Kind("notices.link_asked", "Asked for a sign-in link by e-mail", final=True)
INVITATION_SENT = Kind("notices.invitation_sent", "Sent an invitation by e-mail", final=True)
TESTED = Kind("notices.tested", "Sent a test e-mail", final=True)
