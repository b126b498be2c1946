"""Coverage: what a question asks for, and what of it the text carries."""
