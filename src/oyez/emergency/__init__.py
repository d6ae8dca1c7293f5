"""Emergency: what is stopped, and why."""
