"""Practice: a pretend network that people can see; nothing in it leaves the machine."""
