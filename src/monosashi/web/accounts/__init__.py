"""Who signs in, to which organization they belong, and what they may do."""
