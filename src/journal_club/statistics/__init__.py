"""The numbers that trials report: reading, matching and computing them. Imports nothing of ours."""
