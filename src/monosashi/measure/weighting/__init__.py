"""Weights that meet what is known of the population, and what they do to the variance."""
