"""From the lake to an edition, as officials do it: one builds a draft, another publishes it."""
