"""Evaluation: what this program claims about itself, measured on texts that are given to it."""
