"""The checks: one file each, pure."""
