"""What do people see? Pages, one package per place in the navigation, and the machinery they share."""
