"""Answering: what people begin, what they submit, and the one service that accepts it."""
