"""What goes out when? A week, a day, a month; and how a message is moved to another time."""
