"""What do people see? Pages, one package per place, and what all pages share."""
