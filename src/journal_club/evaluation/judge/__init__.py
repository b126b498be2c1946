"""What an answer holds of a point, and what its statements rest on."""
