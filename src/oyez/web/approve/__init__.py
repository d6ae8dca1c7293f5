"""What waits for a yes? Read it exactly, then approve it or ask for changes."""
