"""Which sensitive periods hold? Open, change and close them; a blue strip stands on every page."""
