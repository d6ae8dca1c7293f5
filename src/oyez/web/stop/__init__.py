"""Is anything stopped, and how do I stop or let go on? Red, and never without asking twice."""
