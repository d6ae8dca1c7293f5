"""Emergency: what is stopped and why, and when stricter rules hold."""
