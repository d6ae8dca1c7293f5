"""What became of each message? The list, and a page for each with its time line per channel."""
