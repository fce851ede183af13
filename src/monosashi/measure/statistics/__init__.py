"""One statistic, one file: its formula, its reference, and what a request may ask of it."""
