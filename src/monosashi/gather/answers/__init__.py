"""Answers to a questionnaire: which questions come, whether an answer fits, what is stored."""
