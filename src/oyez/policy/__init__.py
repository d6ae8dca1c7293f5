"""Policy: the organisation's rules as text people acknowledge, and as checks a machine runs."""
