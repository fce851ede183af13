"""Charts: data in, markup out. Drawn on the server, readable without colour, each with its table twin."""
