"""Counts from registers: units with and without a count, what they add up to, and who joined or left."""
