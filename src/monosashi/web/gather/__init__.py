"""Files that people bring: read, looked at, stored or thrown away."""
