"""The request desk: what others ask us to say, and our answers."""
