"""What may stand in a register? Pure."""
