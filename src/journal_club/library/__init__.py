"""Where papers live: passages, their vectors, and the one door to Chroma."""
