"""Surveys, their waves, and the questionnaires they ask."""
