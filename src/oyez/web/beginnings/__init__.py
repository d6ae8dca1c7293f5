"""Which words are ready to begin a message with? Templates, and holding statements apart."""
