"""Questionnaires: what is asked, in which words, of whom, and which answers fit."""
