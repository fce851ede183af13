"""How well coders agree with one another, and suggestions with coders. Counts in, figures out."""
