"""A run as people and machines read it."""
