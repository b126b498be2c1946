"""journal-club: answers about one clinical paper, in which every sentence opens the passage it rests on."""

__version__ = "0.1.0"
