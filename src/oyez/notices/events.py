"""What can happen to notices?"""

from oyez.ledger.events import Kind

READ = Kind("notices.read", "Read notices", final=True)
CHOSE = Kind("notices.chose", "Chose how to be told", final=True)
TESTED = Kind("notices.tested", "Sent a test e-mail", final=True)
