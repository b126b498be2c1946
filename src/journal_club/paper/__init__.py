"""Text to `Paper`, with exact offsets. Imports nothing of ours."""
