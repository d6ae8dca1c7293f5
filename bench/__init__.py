"""How fast is the house? Measured beside others, never asserted: `./run bench NAME`."""
