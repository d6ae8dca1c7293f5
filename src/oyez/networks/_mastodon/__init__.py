"""What every network with Mastodon's client API shares. The members say only who they are."""
