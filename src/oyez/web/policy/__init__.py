"""What are the body's own rules? The document, the checks, trying them, what the house is."""
