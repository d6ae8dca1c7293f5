"""The form for whoever wants us to say something, and the page that says what became of it."""
