"""Who are you? The door of the house: a one-time link opens it; passwords, a second factor and a
body's own sign-in service get their place on the same page.
"""
