"""Verification: a drafted sentence against the sentences of the source that it cites."""
