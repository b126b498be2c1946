"""Tailored: takeaways and questions for a reader who has asked nothing yet."""
