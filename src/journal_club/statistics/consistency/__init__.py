"""Consistency: where the numbers of a paper refute one another, or themselves. Imports nothing of ours but the statistics."""
