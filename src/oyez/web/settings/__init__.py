"""What do we set up once and look after? One index; a new setting is one line in `listed.py`."""
