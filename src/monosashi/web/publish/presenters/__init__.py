"""From an edition to what a page shows: pure functions, one module a page. Templates only lay out."""
