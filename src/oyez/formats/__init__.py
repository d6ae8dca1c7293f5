"""Feed formats: bytes in, items out. Pure; parsing happens in a limited child process."""
