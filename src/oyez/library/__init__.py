"""Library: the pictures and films we may show, in words too, and who agreed to them."""
