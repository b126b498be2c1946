"""Perturbation: true sentences of trials, changed on purpose, to see what verification catches and what it wrongly refuses."""
